import { z } from '@hono/zod-openapi'
import { messageData } from '../../../events/types/message-received.ts'
import type { FoundMessage } from '../../../session/history.ts'
import { stages } from '../../../session/state/messages.ts'

const MOST_FOUND = 200

/** A message that the gateway keeps. */
export const keptMessage = messageData
	.extend({
		stage: z.enum(stages).meta({ description: 'How far it has got, if the account has sent it' }),
		times: z.record(z.string(), z.string()).meta({ description: 'When each stage was reached' }),
	})
	.openapi('KeptMessage')

/** A message that has the words in it that were searched for. */
export const foundMessage = z
	.object({
		id: z.string(),
		message_id: z.string(),
		session_id: z.string(),
		chat_jid: z.string(),
		sender_jid: z.string().nullable(),
		direction: z.enum(['in', 'out']),
		msg_type: z.string(),
		body: z.string(),
		snippet: z.string().meta({ description: 'HTML, with the words in bold' }),
		msg_timestamp: z.number().int().nullable().meta({ description: 'Unix time in seconds' }),
	})
	.openapi('FoundMessage')

export const shownFound = (
	session: string,
	found: FoundMessage,
): z.output<typeof foundMessage> => ({ id: found.message_id, session_id: session, ...found })

export const searchQuery = z.object({
	q: z
		.string()
		.trim()
		.min(1)
		.max(200)
		.meta({
			title: 'Search For',
			description: 'Words as they stand in the message',
			examples: ['invoice'],
		}),
	limit: z.coerce.number().int().min(1).max(MOST_FOUND).default(20).meta({ title: 'Limit' }),
	offset: z.coerce.number().int().min(0).max(10_000).default(0).meta({ title: 'Offset' }),
})
