import { z } from '@hono/zod-openapi'

const media = z.object({
	url: z.string().nullable(),
	mimetype: z.string().nullable(),
	filename: z.string().nullable(),
})

/** A message, as every endpoint and event has it. */
export const waMessageSchema = z
	.looseObject({
		id: z.string().meta({ examples: ['true_11111111111@c.us_3EB0A1B2C3D4E5F6A7B8C9'] }),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		from: z.string().meta({ description: 'The chat, also of own messages' }),
		fromMe: z.boolean(),
		source: z.enum(['api', 'app']),
		to: z.string().nullable(),
		participant: z
			.string()
			.nullable()
			.meta({ description: 'The author, in groups and of statuses' }),
		body: z.string().nullable(),
		hasMedia: z.boolean(),
		media: media.nullable(),
		mediaUrl: z.string().optional(),
		ack: z.number().int(),
		ackName: z.string(),
		location: z.looseObject({}).optional(),
		vCards: z.array(z.string()).optional(),
		replyTo: z.looseObject({}).nullable(),
		_data: z.looseObject({}).meta({ description: 'The message as Baileys has it' }),
	})
	.openapi('WahaMessage')

/** A message that was sent: the object of WAHA with the raw message of Baileys beside it. */
export const sentSchema = waMessageSchema
	.extend({
		key: z.looseObject({ remoteJid: z.string(), fromMe: z.boolean(), id: z.string() }),
		message: z.looseObject({}),
		messageTimestamp: z.number().int(),
		status: z.number().int(),
	})
	.openapi('WahaSentMessage')
