import { defineEvent } from '../define.ts'
import { messageData, messageExample } from './message-received.ts'

// Its content is known to whoever has sent it: told to all, it would be a second event for every send.
export const messageOutgoing = defineEvent({
	type: 'message.outgoing',
	title: 'A message that was sent with the API has left',
	description:
		"Only webhooks that name it get it. It comes when WhatsApp's server has acknowledged the message, before `message.status` tells that; edits, deletions and reactions are such messages too.",
	data: messageData,
	example: { ...messageExample, from_me: true },
})
