import { defineHearing, who } from './define.ts'

export const newGroups = defineHearing('groups.upsert', (told, hearer) =>
	told.flatMap(({ id, subject, author, authorPn, participants }) => {
		const chat = who(id, hearer)
		if (!chat) return []
		const members = participants.map(({ id, phoneNumber, lid, admin }) => ({
			...who(id, hearer, phoneNumber ?? lid)!,
			admin: !!admin,
		}))
		const data = {
			chat: { ...chat, name: subject },
			by: who(author, hearer, authorPn),
			subject,
			participants: members,
		}
		return [{ happening: { type: 'group.joined', data } }]
	}),
)
