import { STATUS_CODES } from 'node:http'
import { z } from '@hono/zod-openapi'
import { errorTable, type ErrorCode, type GatewayError } from '../../../errors.ts'
import type { Rendered } from '../dialect.ts'

export const errorSchema = z
	.object({
		statusCode: z.number().int(),
		message: z.string(),
		error: z.string(),
		code: z.string(),
		retryAfter: z.number().int().optional().meta({ description: 'Seconds' }),
	})
	.openapi('WaSphereError')

/** Where their document names another status than ours. */
const statuses: Partial<Record<ErrorCode, number>> = { session_not_open: 500 }

const advice: Partial<Record<ErrorCode, string>> = {
	session_not_found: 'Session not found: check workspaceId and sessionId in the URL',
}

/** As Nest does it. */
export function renderError({ code, message, facts }: GatewayError): Rendered {
	const status = statuses[code] ?? errorTable[code][0]
	const { retryAfter } = facts
	return {
		status,
		body: {
			statusCode: status,
			message: advice[code] ?? message,
			error: STATUS_CODES[status] ?? 'Error',
			code,
			...(status === 429 && retryAfter !== undefined && { retryAfter }),
		},
	}
}
