import { z } from '@hono/zod-openapi'

/** A message in WhatsApp's own form. */
export const rawMessage = z
	.object({
		key: z.looseObject({}).meta({ description: 'Where it came, from whom, and its id' }),
		message: z.looseObject({}).meta({
			description:
				'The protobuf `Message` as JSON: bytes are base64, numbers of 64 bits strings, numbers of a set names',
		}),
		messageTimestamp: z.string().optional().meta({ description: 'Unix time in seconds' }),
		pushName: z.string().optional().meta({ description: 'How its author is called' }),
	})
	.openapi('RawMessage')

export type RawMessage = z.output<typeof rawMessage>
