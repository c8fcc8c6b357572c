import { z } from '@hono/zod-openapi'
import { textOf } from './fields.ts'

/** A reply button. */
export const replyButton = z.strictObject({ id: textOf(20), text: textOf(20) })

/** A section of a list. */
export const listSection = z.strictObject({
	title: textOf(24),
	rows: z
		.array(
			z.strictObject({
				id: textOf(200),
				title: textOf(24),
				description: z.string().max(72).optional(),
			}),
		)
		.min(1)
		.max(10),
})
