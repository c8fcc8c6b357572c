import { z } from '@hono/zod-openapi'
import { limited } from './fields.ts'

/** A button below a text. */
export const button = z.strictObject({ id: limited(20), text: limited(20) })

/** A part of a menu. */
export const section = z.strictObject({
	title: limited(24),
	rows: z
		.array(
			z.strictObject({
				id: limited(200),
				title: limited(24),
				description: z.string().max(72).optional(),
			}),
		)
		.min(1)
		.max(10),
})
