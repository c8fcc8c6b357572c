import { z } from '@hono/zod-openapi'
import { errorTable, type ErrorCode, type GatewayError } from '../../../errors.ts'
import type { Rendered } from '../dialect.ts'

export const errorSchema = z
	.object({
		code: z.string().meta({ examples: ['wawp_upstream_error'] }),
		message: z.string(),
		data: z.object({ status: z.number().int() }),
	})
	.openapi('WawpError')

/** What lies behind the gateway and may work at another time: their document asks to try again then. */
const upstream = new Set<ErrorCode>([
	'whatsapp_refused',
	'whatsapp_rate_limited',
	'media_host_failed',
	'session_not_open',
	'phone_silent',
])

/** As WordPress does it. */
export function renderError({ code, message }: GatewayError): Rendered {
	const [status] = errorTable[code]
	const name = upstream.has(code) ? 'wawp_upstream_error' : code
	return { status, body: { code: name, message, data: { status } } }
}
