import { z } from '@hono/zod-openapi'
import { aboutExample } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'
import { identity } from '../identity.ts'

export const messageUndecryptable = defineEvent({
	type: 'message.undecryptable',
	title: 'A message could not be decrypted',
	description:
		'The gateway asks the sender for it again at once, and reports this once if it has not arrived within a minute. If it arrives later, `message.received` follows with the same `message_id`.',
	data: z.object({
		message_id: z.string(),
		chat: identity,
		sender: identity,
		from_me: z.boolean(),
		timestamp: z.number().int().meta({ description: 'Time of sending: Unix time in seconds' }),
		reason: z.enum(['not_decrypted', 'absent']).meta({
			description:
				'`absent`: WhatsApp sent no content, as with some advertisements; the phone is asked for it',
		}),
		detail: z.string().nullable().meta({ description: 'Error of the decryption' }),
	}),
	example: { ...aboutExample, reason: 'not_decrypted', detail: 'No session record' },
})
