import { defineNotification, identityIn } from './define.ts'

/** Another device of the account has blocked or unblocked a person. */
export const blocklist = defineNotification('blocklist.update', (notification, deps) =>
	notification.blocklist.flatMap((jid) => {
		const contact = identityIn(jid, deps)
		if (!contact) return []
		const data = { contact, blocked: notification.type === 'add' }
		return [{ event: { type: 'contact.blocked', data } }]
	}),
)
