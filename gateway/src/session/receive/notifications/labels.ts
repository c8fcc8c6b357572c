import { defineHearing, who } from './define.ts'

export const labels = defineHearing('labels.edit', ({ id, name, color, deleted }) => [
	{
		happening: {
			type: 'label.edited',
			data: { label_id: id, name: name ?? '', color: color ?? 0, deleted: deleted ?? false },
		},
	},
])

export const labelAssignments = defineHearing('labels.association', (told, hearer) => {
	const { association, type } = told
	const chat = who(association.chatId, hearer)
	if (!chat) return []
	const message_id = 'messageId' in association ? association.messageId : null
	const data = { label_id: association.labelId, assigned: type === 'add', chat, message_id }
	return [{ happening: { type: 'label.assigned', data } }]
})
