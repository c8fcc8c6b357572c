import type { Effect } from '../../effect.ts'
import { isSame } from '../../identity.ts'
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
		const told: Effect = { event: { type: 'group.participants', data } }
		const me = deps.me()
		const isLeft =
			notification.action === 'remove' && !!me && members.some((member) => isSame(member, me))
		return isLeft ? [told, { event: { type: 'group.left', data: { chat, by } } }] : [told]
	},
)
