import { z } from '@hono/zod-openapi'

/**
 * A person or chat. `id` is a form that a send accepts as `to`. What is not known is null; a username, which few people have,
 * is left out.
 */
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
		username: z
			.string()
			.optional()
			.meta({ description: 'Without @', examples: ['ada.l'] }),
	})
	.openapi('Identity')

export type Identity = z.output<typeof identity>
