import { z } from '@hono/zod-openapi'

/** The token of an order or an invoice. */
export const tokenField = (example: string) =>
	z
		.string()
		.max(1_024)
		.optional()
		.meta({
			title: 'Token',
			description: 'Token with which a phone asks WhatsApp for the details',
			examples: [example],
		})
