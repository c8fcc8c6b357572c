import { defineNotification, identityIn } from './define.ts'

export const participants = defineNotification(
	'group-participants.update',
	(notification, deps) => {
		const chat = identityIn(notification.id, deps)
		if (!chat) return []
		const members = notification.participants.map(({ id, phoneNumber, lid }) =>
			identityIn(id, deps, phoneNumber ?? lid)!,
		)
		const by = identityIn(notification.author, deps, notification.authorPn)
		const data = { chat, by, action: notification.action, participants: members }
		return [{ event: { type: 'group.participants', data } }]
	},
)
