import { z } from '@hono/zod-openapi'

/** Until when an offer holds. */
export const expiryField = z
	.number()
	.int()
	.min(0)
	.max(253_402_300_799) // the year 9999
	.meta({
		title: 'Valid Until',
		description: 'Unix time in seconds',
		examples: [1_893_456_000],
	})
