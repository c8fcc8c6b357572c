import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const messageStatus = defineEvent({
	type: 'message.status',
	title: 'The delivery status of a sent message changed',
	description:
		'One event for each status; in groups one for each status and member. WhatsApp does not report every status: a message can be ' +
		'`read` without having been `delivered`, and people who hide read receipts are never reported.',
	data: z.object({
		message_id: z.string(),
		chat: identity,
		status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']).meta({
			description: "`sent`: WhatsApp's server has acknowledged it; `failed`: WhatsApp refused it",
		}),
		by: identity.nullable().meta({
			description: "The person who received, read or played it; null if WhatsApp's server answered",
		}),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		error: z
			.object({
				code: z.string().meta({ examples: ['whatsapp_refused'] }),
				detail: z.string(),
				whatsapp_code: z.string().nullable().meta({ description: "WhatsApp's code" }),
			})
			.optional()
			.meta({ description: 'The reason of a failure' }),
	}),
	example: {
		message_id: examples.messageId,
		chat: examples.ada,
		status: 'read',
		by: examples.ada,
		timestamp: examples.moment,
	},
})
