import { z } from '@hono/zod-openapi'
import { aboutExample } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'
import { identity } from '../identity.ts'

export const messageUndecryptable = defineEvent({
	type: 'message.undecryptable',
	title: 'A message came that cannot be read',
	description:
		'Its sender is asked for it again at once. Only if it has not come within a minute is this told, once; ' +
		'should it come later, `message.received` follows with the same `message_id`.',
	data: z.object({
		message_id: z.string(),
		chat: identity,
		sender: identity,
		from_me: z.boolean(),
		timestamp: z.number().int().meta({ description: 'When it was sent: Unix time in seconds' }),
		reason: z.enum(['not_decrypted', 'absent']).meta({
			description:
				'`absent`: WhatsApp sent no content, as with some advertisements; the phone is asked for it',
		}),
		detail: z.string().nullable().meta({ description: 'What the decryption said' }),
	}),
	example: { ...aboutExample, reason: 'not_decrypted', detail: 'No session record' },
})
