/** Every error a caller can act on: code → HTTP status and title. The detail says what to do. */
export const errorTable = {
	invalid_request: [400, 'The request is not valid'],
	invalid_json: [400, 'The body is not valid JSON'],
	invalid_recipient: [400, 'The recipient is not valid'],
	webhook_target_refused: [400, 'The webhook may not point there'],
	media_fetch_refused: [400, 'The gateway may not fetch that'],
	media_unreadable: [400, 'The file cannot be read'],
	unauthorized: [401, 'The API key is missing or wrong'],
	forbidden: [403, 'This API key may not do that'],
	media_link_refused: [403, 'The link does not open a file'],
	not_found: [404, 'There is nothing here'],
	session_not_found: [404, 'There is no such session'],
	message_not_found: [404, 'There is no such message'],
	no_media: [404, 'The message has no file'],
	webhook_not_found: [404, 'There is no such webhook'],
	key_not_found: [404, 'There is no such API key'],
	method_not_allowed: [405, 'This address does not know that method'],
	session_exists: [409, 'The session exists already'],
	webhook_exists: [409, 'There is such a webhook already'],
	session_already_linked: [409, 'The session is linked already'],
	request_in_progress: [409, 'The same request is still under way'],
	reachout_timelocked: [409, 'WhatsApp keeps this account from starting new chats'],
	media_gone: [410, 'Nobody has the file any longer'],
	payload_too_large: [413, 'The body is too large'],
	media_too_large: [413, 'The file is too large'],
	unsupported_media_type: [415, 'That kind of content is not taken here'],
	idempotency_key_reused: [422, 'The idempotency key belongs to another request'],
	media_fetch_failed: [422, 'The file could not be fetched'],
	recipient_not_on_whatsapp: [422, 'The recipient is not on WhatsApp'],
	rate_limited: [429, 'Too many requests'],
	whatsapp_rate_limited: [429, 'WhatsApp asks to slow down'],
	internal_error: [500, 'The gateway made a mistake'],
	storage_failed: [500, 'The gateway cannot write to its disk'],
	ffmpeg_missing: [501, 'This needs ffmpeg'],
	not_supported: [501, 'The gateway cannot do that'],
	whatsapp_refused: [502, 'WhatsApp refused'],
	media_corrupt: [502, 'The file is not the one that was promised'],
	media_host_failed: [502, 'WhatsApp did not give the file'],
	session_not_open: [503, 'The session is not connected to WhatsApp'],
	session_corrupt: [503, 'The files of the session are damaged'],
	phone_silent: [504, 'The phone of the account does not answer'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorCode = keyof typeof errorTable

/** What a caller may learn besides the message: the field at fault, WhatsApp's own code, … */
export type ErrorFacts = {
	field?: string
	whatsapp_code?: string
	retryAfter?: number
	allow?: string
	cause?: unknown
}

/** An error the caller can act on. `message` says how. Anything else that is thrown is our own bug. */
export class GatewayError extends Error {
	override name = 'GatewayError'
	readonly code: ErrorCode
	readonly facts: Omit<ErrorFacts, 'cause'>

	constructor(code: ErrorCode, message: string, { cause, ...facts }: ErrorFacts = {}) {
		super(message, { cause })
		this.code = code
		this.facts = facts
	}
}

/** True for a GatewayError, with the given code if one is given. */
export function isGatewayError(error: unknown, code?: ErrorCode): error is GatewayError {
	return error instanceof GatewayError && (code === undefined || error.code === code)
}
