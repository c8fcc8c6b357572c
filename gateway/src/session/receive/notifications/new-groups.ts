import { defineNotification, identityIn } from './define.ts'

export const newGroups = defineNotification('groups.upsert', (notification, deps) =>
	notification.flatMap(({ id, subject, author, authorPn, participants }) => {
		const chat = identityIn(id, deps)
		if (!chat) return []
		const members = participants.map(({ id, phoneNumber, lid, admin }) => ({
			...identityIn(id, deps, phoneNumber ?? lid)!,
			admin: !!admin,
		}))
		const data = {
			chat: { ...chat, name: subject },
			by: identityIn(author, deps, authorPn),
			subject,
			participants: members,
		}
		return [{ changes: deps.names.learn([{ id, subject }]), event: { type: 'group.joined', data } }]
	}),
)
