import { z } from '@hono/zod-openapi'
import { errorTable, type ErrorCode, type GatewayError } from '../../../errors.ts'
import type { RenderedError } from '../dialect.ts'

export const errorSchema = z.object({ error: z.string() }).openapi('WaFastApiError')

/** Where WaFastApi documents the status 500 only. */
const statuses: Partial<Record<ErrorCode, number>> = {
	session_not_open: 500,
	session_corrupt: 500,
	whatsapp_refused: 500,
	whatsapp_failed: 500,
	media_refused: 500,
	whatsapp_answer_unreadable: 500,
	whatsapp_silent: 500,
	media_upload_failed: 500,
	media_host_failed: 500,
	phone_silent: 500,
	send_timeout: 500,
}

/** An error in the format of WaFastApi. */
export function renderError({ code, message }: GatewayError): RenderedError {
	return { status: statuses[code] ?? errorTable[code][0], body: { error: message } }
}
