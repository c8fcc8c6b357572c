import { z } from '@hono/zod-openapi'

/** A person or chat. `id` is a form that a send accepts as `to`. What is not known is null. */
export const identity = z
	.object({
		id: z.string().meta({ examples: ['4915112345678@s.whatsapp.net'] }),
		phone: z
			.string()
			.nullable()
			.meta({ examples: ['4915112345678'] }),
		lid: z
			.string()
			.nullable()
			.meta({ examples: ['123456789012345@lid'] }),
		name: z
			.string()
			.nullable()
			.meta({ examples: ['Ada'] }),
	})
	.openapi('Identity')

export type Identity = z.output<typeof identity>
