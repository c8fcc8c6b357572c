import { z } from '@hono/zod-openapi'

/** A message in WhatsApp's own form. */
export const rawMessage = z
	.object({
		key: z.looseObject({}).meta({ description: 'Where it came, from whom, and its id' }),
		message: z.looseObject({}).meta({
			description: 'The protobuf `Message` as JSON: bytes are base64, numbers of a set are names',
		}),
	})
	.openapi('RawMessage')

export type RawMessage = z.output<typeof rawMessage>
