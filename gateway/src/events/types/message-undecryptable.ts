import { z } from '@hono/zod-openapi'
import { aboutExample } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'
import { identity } from '../identity.ts'

export const messageUndecryptable = defineEvent({
	type: 'message.undecryptable',
	title: 'A message could not be decrypted',
	description:
		'Each is reported once. Where the sender or the phone can be asked for it again, the gateway does so at once, and reports this if it has not arrived within a minute. If it arrives later, its event follows with the same `message_id`.',
	data: z.object({
		message_id: z.string(),
		chat: identity,
		sender: identity,
		from_me: z.boolean(),
		timestamp: z.number().int().meta({ description: 'Time of sending: Unix time in seconds' }),
		reason: z
			.enum(['not_decrypted', 'absent', 'view_once', 'hosted', 'bot', 'masked', 'sealed'])
			.meta({
				description:
					'`not_decrypted`: the sender is asked for it again; `absent`: WhatsApp sent no content, as with some advertisements, and the phone is asked for it; ' +
					'`view_once`, `hosted`, `bot`: WhatsApp gives such messages to phones only: to be viewed once, from a business that Meta hosts, from an AI; ' +
					'`masked`: only a placeholder came; `sealed`: it edits, reacts to or comments on `target_message_id`, and is encrypted with its secret, which is not kept or does not fit',
			}),
		detail: z
			.string()
			.nullable()
			.meta({ description: 'Error of the decryption, or what WhatsApp says of it' }),
		target_message_id: z
			.string()
			.nullable()
			.optional()
			.meta({ description: 'With `sealed`: id of the message that it is about' }),
	}),
	example: { ...aboutExample, reason: 'not_decrypted', detail: 'No session record' },
})
