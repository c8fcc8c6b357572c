/** Every error that a caller can act on: code → HTTP status and title. The detail says what to do. */
export const errorTable = {
	invalid_request: [400, 'The request is not valid'],
	invalid_json: [400, 'The body is not valid JSON'],
	invalid_recipient: [400, 'The recipient is not valid'],
	webhook_target_refused: [400, 'The webhook target is not allowed'],
	media_fetch_refused: [400, 'The file is not allowed'],
	media_unreadable: [400, 'The file cannot be read'],
	unauthorized: [401, 'The API key is missing or wrong'],
	signed_out: [401, 'You are signed out'],
	forbidden: [403, 'The API key does not allow this'],
	foreign_page: [403, 'The request did not come from our own page'],
	media_link_refused: [403, 'The file link is not valid'],
	whatsapp_forbidden: [403, 'WhatsApp does not allow this'],
	not_found: [404, 'Not found'],
	session_not_found: [404, 'Session not found'],
	message_not_found: [404, 'Message not found'],
	event_not_found: [404, 'Event not found'],
	call_not_found: [404, 'Call not found'],
	contact_not_found: [404, 'Contact not found'],
	chat_not_found: [404, 'Chat not found'],
	label_not_found: [404, 'Label not found'],
	catalog_not_found: [404, 'The business has no catalog'],
	product_not_found: [404, 'Product not found'],
	order_not_found: [404, 'Order not found'],
	no_media: [404, 'The message has no file'],
	webhook_not_found: [404, 'Webhook not found'],
	key_not_found: [404, 'API key not found'],
	pairing_link_not_found: [404, 'Pairing link not found'],
	whatsapp_not_found: [404, 'WhatsApp does not know this'],
	method_not_allowed: [405, 'Method not allowed'],
	request_timeout: [408, 'The request took too long to arrive'],
	session_exists: [409, 'The session already exists'],
	webhook_exists: [409, 'The webhook already exists'],
	session_already_linked: [409, 'The session is already linked'],
	number_connected: [409, 'The number is connected in another session'],
	passkey_required: [409, 'WhatsApp asks for a passkey'],
	passkey_not_pending: [409, 'No such step of linking with a passkey is pending'],
	request_in_progress: [409, 'The same request is still in progress'],
	delivery_in_progress: [409, 'The event is being delivered'],
	reachout_timelocked: [409, 'WhatsApp does not let this account start new chats'],
	whatsapp_conflict: [409, 'WhatsApp has a conflicting state'],
	not_business: [409, 'The account is not a business account'],
	contact_number_unknown: [409, 'The phone number of the contact is not known'],
	name_taken: [409, 'The name is taken'],
	whatsapp_limit_reached: [409, "WhatsApp's limit is reached"],
	whatsapp_gone: [410, 'It is no longer valid at WhatsApp'],
	pairing_link_ended: [410, 'The pairing link has ended'],
	media_gone: [410, 'The file is no longer available'],
	unknown_host: [421, 'The gateway is not known by this name'],
	payload_too_large: [413, 'The body is too large'],
	media_too_large: [413, 'The file is too large'],
	unsupported_media_type: [415, 'Unsupported media type'],
	idempotency_key_reused: [422, 'The idempotency key was used with another request'],
	passkey_answer_invalid: [422, "The browser's answer cannot be used"],
	passkey_refused: [422, 'WhatsApp refused the passkey'],
	proxy_failed: [422, 'The proxy does not connect to WhatsApp'],
	media_fetch_failed: [422, 'The file could not be fetched'],
	recipient_not_on_whatsapp: [422, 'The recipient is not on WhatsApp'],
	recipient_has_new_account: [422, 'The recipient has a new WhatsApp account'],
	recipient_has_no_device: [422, 'WhatsApp names no device of the recipient'],
	whatsapp_refused: [422, 'WhatsApp refused the request'],
	media_refused: [422, 'WhatsApp does not take the file'],
	governor_limited: [429, 'The limits of this number do not allow it now'],
	rate_limited: [429, 'Too many requests'],
	whatsapp_rate_limited: [429, 'WhatsApp limits the rate of this account'],
	whatsapp_region_blocked: [451, 'WhatsApp does not offer this in the country of the account'],
	internal_error: [500, 'Internal error'],
	encryption_failed: [500, 'The message could not be encrypted'],
	storage_failed: [507, 'The state could not be saved'],
	ffmpeg_missing: [501, 'ffmpeg is not installed'],
	not_supported: [501, 'Not supported'],
	whatsapp_failed: [502, 'WhatsApp failed'],
	whatsapp_answer_unreadable: [502, "WhatsApp's answer cannot be understood"],
	media_upload_failed: [502, 'The file could not be uploaded to WhatsApp'],
	media_corrupt: [502, 'The downloaded file is corrupt'],
	media_host_failed: [502, 'The file could not be downloaded from WhatsApp'],
	session_not_open: [503, 'The session is not connected to WhatsApp'],
	gateway_stopping: [503, 'The gateway is stopping'],
	session_unreachable: [503, 'No gateway serves the session at the moment'],
	session_corrupt: [503, 'The state of the session is damaged'],
	outcome_unknown: [504, 'Whether the request was carried out is not known'],
	send_timeout: [504, 'The message was not ready in time'],
	whatsapp_silent: [504, 'WhatsApp does not answer'],
	phone_silent: [504, 'The phone of the account does not respond'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorCode = keyof typeof errorTable

/** What is wrong with a field: its dotted path, a sentence part, and whether it is not there at all. */
export type FieldIssue = { field: string; text: string; isMissing: boolean }

/** Details of an error besides its message. */
export type ErrorFacts = {
	/** The field of the request that is at fault. */
	field?: string
	/** The code that WhatsApp's server gave. */
	whatsapp_code?: string
	/** Which limit of a number is reached. */
	reason?: string
	/** Why a pairing link can no longer be used. */
	ending?: string
	/** Seconds: becomes the header `Retry-After`. */
	retryAfter?: number
	/** Every field that is at fault, for dialects that list them. */
	issues?: readonly FieldIssue[]
	/** Methods: becomes the header `Allow`. */
	allow?: string
	/** For the log; callers do not see it. */
	cause?: unknown
}

/**
 * An error that a caller can act on; `message` says how. Anything else that is thrown is our own bug.
 * @example
 * throw new GatewayError('invalid_request', 'Give `to`: a phone number or an id.', { field: 'to' })
 */
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

/** Whether an error comes from the system, as that of a full disk does. */
export const isSystemError = (error: unknown): boolean =>
	error instanceof Error && 'syscall' in error
