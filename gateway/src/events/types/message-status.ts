import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const messageStatus = defineEvent({
	type: 'message.status',
	title: 'A message that was sent got further',
	description:
		'Once per step; in groups once per step and member. WhatsApp does not tell every step: a message can be ' +
		'`read` that was never `delivered`, and who hides read receipts is never told of.',
	data: z.object({
		message_id: z.string(),
		chat: identity,
		status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']).meta({
			description: "`sent`: WhatsApp's server has it; `failed`: WhatsApp refused it",
		}),
		by: identity.nullable().meta({
			description: "Who got, read or played it; null where it is WhatsApp's server that answers",
		}),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		error: z
			.object({
				code: z.string().meta({ examples: ['whatsapp_refused'] }),
				detail: z.string(),
				whatsapp_code: z.string().nullable().meta({ description: "WhatsApp's own code" }),
			})
			.optional()
			.meta({ description: 'Why it failed' }),
	}),
	example: {
		message_id: examples.messageId,
		chat: examples.ada,
		status: 'read',
		by: examples.ada,
		timestamp: examples.moment,
	},
})
