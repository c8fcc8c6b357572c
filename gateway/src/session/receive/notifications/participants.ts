import { defineHearing, who } from './define.ts'

export const participants = defineHearing('group-participants.update', (told, hearer) => {
	const chat = who(told.id, hearer)
	if (!chat) return []
	const members = told.participants.map(({ id, phoneNumber, lid }) =>
		who(id, hearer, phoneNumber ?? lid)!,
	)
	const by = who(told.author, hearer, told.authorPn)
	const data = { chat, by, action: told.action, participants: members }
	return [{ happening: { type: 'group.participants', data } }]
})
