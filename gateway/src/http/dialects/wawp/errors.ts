import { z } from '@hono/zod-openapi'
import { errorTable, type ErrorCode, type GatewayError } from '../../../errors.ts'
import type { RenderedError } from '../dialect.ts'

export const errorSchema = z
	.object({
		code: z.string().meta({ examples: ['wawp_upstream_error'] }),
		message: z.string(),
		data: z.object({ status: z.number().int() }),
	})
	.openapi('WawpError')

/** Failures behind the gateway that may be temporary: Wawp documents that clients retry them. */
const upstreamCodes = new Set<ErrorCode>([
	'whatsapp_failed',
	'whatsapp_rate_limited',
	'whatsapp_answer_unreadable',
	'whatsapp_silent',
	'media_upload_failed',
	'media_host_failed',
	'session_not_open',
	'phone_silent',
	'send_timeout',
])

/** An error in the format of WordPress. */
export function renderError({ code, message }: GatewayError): RenderedError {
	const [status] = errorTable[code]
	const name = upstreamCodes.has(code) ? 'wawp_upstream_error' : code
	return { status, body: { code: name, message, data: { status } } }
}
