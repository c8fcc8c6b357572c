import { z } from '@hono/zod-openapi'

// Above it a number is not exact in JSON.
const MOST = Number.MAX_SAFE_INTEGER

/** What something costs, in thousandths of the currency, as WhatsApp counts. */
export const amount1000 = (title: string) =>
	z
		.number()
		.int()
		.min(0)
		.max(MOST)
		.meta({
			title,
			description: 'Price in thousandths of the currency: 50000 is 50.00',
			examples: [50_000_000],
		})

/** Which currency it is in. */
export const currencyCode = z
	.string()
	.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in USD')
	.meta({ title: 'Currency', description: 'ISO 4217 code', examples: ['USD'] })

/** Reads `50.00 USD` of what was counted in thousandths. */
export function spoken(amount: number | undefined, currency: string | undefined) {
	if (amount === undefined || !currency) return undefined
	return `${(amount / 1000).toFixed(2)} ${currency}`
}
