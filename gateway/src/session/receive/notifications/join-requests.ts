import { defineHearing, who } from './define.ts'

export const joinRequests = defineHearing('group.join-request', (told, hearer) => {
	const chat = who(told.id, hearer)
	const participant = who(told.participant, hearer, told.participantPn)
	if (!chat || !participant) return []
	const by = who(told.author, hearer, told.authorPn)
	const data = { chat, by, participant, action: told.action, method: told.method ?? null }
	return [{ happening: { type: 'group.join_request', data } }]
})
