import { defineEvent } from '../define.ts'
import { messageData, messageExample } from './message-received.ts'

export const statusReceived = defineEvent({
	type: 'status.received',
	title: 'Somebody posted a status',
	description: 'A story for their contacts. Not `message.received`: nobody is spoken to.',
	data: messageData,
	example: {
		...messageExample,
		chat: { id: 'status@broadcast', phone: null, lid: null, name: null },
	},
})
