import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { aboutExample } from '../fields/about-message.ts'
import { messageFacts } from '../fields/message-facts.ts'
import { identity } from '../identity.ts'

/** What every message says besides what its type adds (`text`, …). */
export const messageData = z.looseObject({
	message_id: z.string(),
	type: z.string().meta({
		description:
			'A message type. Its own fields stand beside this one: those of `POST …/messages/{type}`, or of the schema `Received…` for what only others send. `unknown` is anything else; `kind` is WhatsApp’s name for it.',
		examples: ['text'],
	}),
	text: z
		.string()
		.nullable()
		.meta({ description: 'The readable text: a text, a caption, the question of a poll, …' }),
	media: z
		.object({
			mimetype: z.string().optional(),
			size: z.number().optional().meta({ description: 'Bytes' }),
			filename: z.string().optional(),
			width: z.number().optional(),
			height: z.number().optional(),
			seconds: z.number().optional(),
			pages: z.number().optional(),
			animated: z.boolean().optional(),
			url: z.url().optional().meta({
				description: 'Link to the file; it needs no API key and is valid for MEDIA_KEEP_DAYS',
			}),
		})
		.optional()
		.meta({ description: 'Facts about the file, if the message has one' }),
	chat: identity.meta({
		description: 'The chat; send a reply `to` `chat.id`',
	}),
	sender: identity,
	from_me: z.boolean(),
	timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
	reply_to: z
		.string()
		.nullable()
		.meta({ description: 'Id of the message that this one replies to' }),
	quoted: z
		.object({
			sender: identity.nullable(),
			type: z.string(),
			text: z.string().nullable(),
			chat: identity
				.optional()
				.meta({ description: 'Where it was said, if elsewhere: `status@broadcast`, a group' }),
			auto: z.boolean().optional().meta({ description: 'Whether WhatsApp quoted it by itself' }),
		})
		.optional()
		.meta({ description: 'The quoted message, as its sender quoted it' }),
	mentions: z.array(identity).optional(),
	mention_all: z.boolean().optional(),
	expiration: z
		.number()
		.int()
		.optional()
		.meta({ description: 'Seconds after which it disappears' }),
	forwarded: z.boolean().optional(),
	forwards: z
		.number()
		.int()
		.optional()
		.meta({ description: 'How often the message was forwarded' }),
	forwarded_from: z
		.object({
			newsletter_jid: z.string(),
			server_message_id: z.number().int().optional(),
			newsletter_name: z.string().optional(),
			content_type: z.enum(['update', 'update_card', 'link_card']).optional(),
			accessibility_text: z.string().optional(),
		})
		.optional()
		.meta({ description: 'The channel post that it was forwarded from' }),
	view_once: z.boolean().optional(),
	...messageFacts,
	broadcast: z
		.boolean()
		.optional()
		.meta({ description: 'Whether it was sent through a broadcast list of its sender' }),
})

export const messageExample: z.output<typeof messageData> = {
	...aboutExample,
	type: 'text',
	text: 'Hello!',
	reply_to: null,
}

export const messageReceived = defineEvent({
	type: 'message.received',
	title: 'A message was received',
	description:
		'Includes replies to buttons and lists, and messages that were sent while the gateway was off. Each message is one event, however often WhatsApp delivers it.',
	data: messageData.extend({
		messages: z
			.array(z.looseObject({ event_id: z.string(), message_id: z.string() }))
			.optional()
			.meta({ description: 'The single messages, for a webhook with `merge`' }),
	}),
	example: messageExample,
})
