import { z } from '@hono/zod-openapi'
import { errorTable, type ErrorCode, type GatewayError } from '../../../errors.ts'
import type { Rendered } from '../dialect.ts'

export const errorSchema = z.object({ error: z.string() }).openapi('WaFastApiError')

/** Where their document knows no status but 500. */
const statuses: Partial<Record<ErrorCode, number>> = {
	session_not_open: 500,
	session_corrupt: 500,
	whatsapp_refused: 500,
	media_host_failed: 500,
	phone_silent: 500,
}

export function renderError({ code, message }: GatewayError): Rendered {
	return { status: statuses[code] ?? errorTable[code][0], body: { error: message } }
}
