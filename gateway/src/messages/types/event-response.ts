import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'
import { refuseChannel } from '../refuse-channel.ts'
import { authorship, targetOf } from '../fields/target.ts'

// EventResponseMessage.EventResponseType
const responses = { going: 1, not_going: 2, maybe: 3 } as const

export const eventResponse = defineMessage({
	type: 'event-response',
	title: 'Answer Event',
	description: `Accepts or declines an event. ${unverified} ${unquotable}`,
	schema: z.object({
		event_message_id: messageIdField('Event', 'Id of the message with the event'),
		response: z
			.enum(Object.keys(responses) as [keyof typeof responses])
			.meta({ title: 'Response', description: 'The answer', examples: ['going'] }),
		extra_guests: z
			.number()
			.int()
			.min(0)
			.max(100)
			.optional()
			.meta({ title: 'Extra Guests', description: 'Number of additional guests', examples: [1] }),
		...authorship,
	}),
	refersTo: ({ event_message_id: id, ...input }) => targetOf('event_message_id', id, input),
	toContent({ response, extra_guests: extraGuestCount }, { chat, keys, encrypt }) {
		refuseChannel(chat)
		const answer = { response: responses[response], timestampMs: Date.now(), extraGuestCount }
		return {
			encEventResponseMessage: {
				eventCreationMessageKey: keys.event_message_id,
				...encrypt('event_message_id', { response: answer }),
			},
		}
	},
	fromContent: ({ encEventResponseMessage: response }) =>
		response ? { event_message_id: response.eventCreationMessageKey?.id ?? '' } : undefined,
	stanza: () => ({
		nodes: [{ tag: 'meta', attrs: { event_type: 'response' } }],
		// Baileys knows this of events alone (messages-send.js, getMessageType).
		attributes: { type: 'event' },
	}),
})
