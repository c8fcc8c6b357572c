import { defineNotification, identityIn } from './define.ts'

export const joinRequests = defineNotification('group.join-request', (notification, deps) => {
	const chat = identityIn(notification.id, deps)
	const participant = identityIn(notification.participant, deps, notification.participantPn)
	if (!chat || !participant) return []
	const by = identityIn(notification.author, deps, notification.authorPn)
	const data = {
		chat,
		by,
		participant,
		action: notification.action,
		method: notification.method ?? null,
	}
	return [{ event: { type: 'group.join_request', data } }]
})
