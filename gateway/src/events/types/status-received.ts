import { defineEvent } from '../define.ts'
import { messageData, messageExample } from './message-received.ts'

export const statusReceived = defineEvent({
	type: 'status.received',
	title: 'A status was posted',
	description: 'A status of a contact. It is not a `message.received`.',
	data: messageData,
	example: {
		...messageExample,
		chat: { id: 'status@broadcast', phone: null, lid: null, name: null },
	},
})
