import { z } from '@hono/zod-openapi'

/** Headers that the gateway or the connection itself sets. */
const reservedHeaders =
	/^(webhook-|content-|transfer-|proxy-|(host|connection|keep-alive|upgrade|expect|te|trailer)$)/i

/** The headers that a webhook has besides ours, by their names in lower case. */
export const webhookHeaders = z
	.record(
		z
			.string()
			.regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'is not a valid header name')
			.refine((name) => !reservedHeaders.test(name), 'is a header that the gateway sets itself'),
		z.string().regex(/^[\t\x20-\x7e]{0,2000}$/, 'is not a valid header value'),
	)
	.transform((given) =>
		Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])),
	)
