import { defineNotification, identityIn } from './define.ts'

export const labels = defineNotification('labels.edit', ({ id, name, color, deleted }) => [
	{
		event: {
			type: 'label.edited',
			data: { label_id: id, name: name ?? '', color: color ?? 0, deleted: deleted ?? false },
		},
	},
])

export const labelAssignments = defineNotification('labels.association', (notification, deps) => {
	const { association, type } = notification
	const chat = identityIn(association.chatId, deps)
	if (!chat) return []
	const message_id = 'messageId' in association ? association.messageId : null
	const data = { label_id: association.labelId, assigned: type === 'add', chat, message_id }
	return [{ event: { type: 'label.assigned', data } }]
})
