import { STATUS_CODES } from 'node:http'
import { z } from '@hono/zod-openapi'
import { errorTable, type ErrorCode, type GatewayError } from '../../../errors.ts'
import type { RenderedError } from '../dialect.ts'

export const errorSchema = z
	.object({
		statusCode: z.number().int(),
		message: z.string(),
		error: z.string(),
		code: z.string(),
		retryAfter: z
			.number()
			.int()
			.optional()
			.meta({ description: 'Seconds to wait before the next request' }),
	})
	.openapi('WaSphereError')

/** Where WaSphere documents another status than ours. */
const statuses: Partial<Record<ErrorCode, number>> = { session_not_open: 500 }

const messages: Partial<Record<ErrorCode, string>> = {
	session_not_found: 'Session not found: check workspaceId and sessionId in the URL',
}

/** An error in the format of NestJS. */
export function renderError({ code, message, facts }: GatewayError): RenderedError {
	const status = statuses[code] ?? errorTable[code][0]
	const { retryAfter } = facts
	return {
		status,
		body: {
			statusCode: status,
			message: messages[code] ?? message,
			error: STATUS_CODES[status] ?? 'Error',
			code,
			...(status === 429 && retryAfter !== undefined && { retryAfter }),
		},
	}
}
