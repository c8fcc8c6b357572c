import { defineEvent } from '../define.ts'
import { messageData, messageExample } from './message-received.ts'

// Not `message.received`: a workflow that answers what it receives must not answer its own owner.
export const messageSent = defineEvent({
	type: 'message.sent',
	title: 'The owner of the account wrote a message on another device',
	description: 'What the gateway itself sends is not told here: see `message.status`.',
	data: messageData,
	example: { ...messageExample, from_me: true },
})
