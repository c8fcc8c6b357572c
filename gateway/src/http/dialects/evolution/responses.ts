import { z } from '@hono/zod-openapi'

const key = z.looseObject({
	remoteJid: z
		.string()
		.meta({ description: 'The chat: of a person by phone number if that is known' }),
	fromMe: z.boolean(),
	id: z.string(),
	participant: z.string().optional(),
	remoteJidAlt: z.string().optional().meta({ description: "The person's LID" }),
	participantAlt: z.string().optional(),
	addressingMode: z.enum(['pn', 'lid']).optional(),
})

/** A message, as every endpoint and event has it. */
export const messageSchema = z
	.looseObject({
		key,
		pushName: z.string().nullable(),
		status: z.string().meta({ examples: ['PENDING'] }),
		message: z.looseObject({}).meta({ description: 'A text is in `conversation`' }),
		contextInfo: z.looseObject({}).nullable(),
		messageType: z.string().meta({ examples: ['conversation'] }),
		messageTimestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		instanceId: z.string(),
		source: z.string(),
	})
	.openapi('EvolutionMessage')
