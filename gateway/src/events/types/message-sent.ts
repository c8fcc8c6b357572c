import { defineEvent } from '../define.ts'
import { messageData, messageExample } from './message-received.ts'

// Not `message.received`: a workflow that answers what it receives must not answer its own owner.
export const messageSent = defineEvent({
	type: 'message.sent',
	title: 'A message was sent from another device of the account',
	description: 'Messages that the gateway sends are reported by `message.status`.',
	data: messageData,
	example: { ...messageExample, from_me: true },
})
