import { GatewayError, isGatewayError, type ErrorCode } from '../../errors.ts'
import { HOUR_MS, SECOND_MS } from '../../lib/units.ts'
import { CONNECTION_LOST, NO_ANSWER, QUERY_TIMEOUT_MS } from './query-timeout.ts'

/**
 * What Baileys throws. WhatsApp's code is in `data` (a number; an object for queries in GraphQL), Baileys' own in
 * `output`. When the connection ends, what it throws is the number with which the WebSocket closed.
 */
type Failure = {
	isBoom?: boolean
	data?: unknown
	output?: { statusCode?: number }
	message?: string
	/** Of an error of Node: `ECONNRESET`. */
	code?: unknown
}

type Meaning = { code: ErrorCode; advice: string; retryAfter?: number }

const RATE_LIMIT_S = HOUR_MS / SECOND_MS / 4

/** What the codes mean with which WhatsApp refuses a query or a message. Any other one is `whatsapp_refused`. */
const meanings: Record<number, Meaning> = {
	400: { code: 'invalid_request', advice: 'WhatsApp does not take this request' },
	401: { code: 'whatsapp_forbidden', advice: 'WhatsApp does not let this account do this' },
	403: { code: 'whatsapp_forbidden', advice: 'WhatsApp does not let this account do this' },
	404: { code: 'whatsapp_not_found', advice: 'WhatsApp does not know this, or hides it' },
	405: { code: 'whatsapp_forbidden', advice: 'WhatsApp does not let this account do this' },
	406: { code: 'invalid_request', advice: 'WhatsApp does not accept these values' },
	409: { code: 'whatsapp_conflict', advice: 'It is so already, or was changed meanwhile' },
	410: { code: 'whatsapp_gone', advice: 'It is no longer valid' },
	419: { code: 'whatsapp_limit_reached', advice: "WhatsApp's limit for this is reached" },
	429: {
		code: 'whatsapp_rate_limited',
		advice: 'WhatsApp limits the queries of this account. Wait some minutes',
		retryAfter: RATE_LIMIT_S,
	},
	451: {
		code: 'whatsapp_region_blocked',
		advice: 'WhatsApp does not offer this in the country of the account',
	},
	500: { code: 'whatsapp_failed', advice: 'WhatsApp failed. Try again later', retryAfter: 60 },
	503: { code: 'whatsapp_failed', advice: 'WhatsApp failed. Try again later', retryAfter: 60 },
}

/** The error that a caller can act on, for one that Baileys or the network threw; undefined if it is neither. */
export function whatsAppErrorOf(cause: unknown): GatewayError | undefined {
	if (cause instanceof GatewayError) return cause
	if (isLostConnection(cause)) return connectionLost(cause)
	const { isBoom, data, output, message = '' } = (cause ?? {}) as Failure
	if (!isBoom) return undefined
	const status = output?.statusCode
	if (data === NO_ANSWER || status === TIMED_OUT) return whatsAppSilent(QUERY_TIMEOUT_MS, cause)
	if (data === CONNECTION_LOST || status === CONNECTION_CLOSED) return connectionLost(cause)
	if (typeof data === 'number') return refusedWith(data, message, cause)
	if (isKeyMissing(message)) return keysMissing(cause)
	if (message.startsWith('GraphQL') && status) return refusedWith(status, message, cause)
	return answerUnreadable(message, cause)
}

// Of Baileys' DisconnectReason.
const TIMED_OUT = 408
const CONNECTION_CLOSED = 428

/** Codes of Node and of `ws` for a connection that ended or could not be used. */
const LOST =
	/^(ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST\w+|ENET\w+|WS_ERR_\w+|UND_ERR_\w+)$/

const isLostConnection = (cause: unknown): boolean =>
	typeof cause === 'number' || LOST.test(String((cause as Failure | undefined)?.code))

// The phone shares the keys of settings (stars, archive, labels …) some seconds after it has linked a device.
const isKeyMissing = (message: string) => /app ?state ?key/i.test(message)

/** What a code means with which WhatsApp refuses. */
export const meaningOf = (whatsAppCode: number): Meaning =>
	meanings[whatsAppCode] ?? { code: 'whatsapp_refused', advice: 'WhatsApp refused' }

/** The error for a code with which WhatsApp refuses. */
export function refusedWith(whatsAppCode: number, text: string, cause?: unknown): GatewayError {
	const { code, advice, retryAfter } = meaningOf(whatsAppCode)
	const said = text ? `${whatsAppCode}: ${text}` : `${whatsAppCode}`
	return new GatewayError(code, `${advice} (code ${said}).`, {
		whatsapp_code: String(whatsAppCode),
		cause,
		...(retryAfter && { retryAfter }),
	})
}

/** Says what it is that WhatsApp does not know. @example await ask().catch(unknownIs('order_not_found', 'No such order.')) */
export const unknownIs =
	(code: ErrorCode, advice: string) =>
	(error: unknown): never => {
		if (!isGatewayError(error, 'whatsapp_not_found')) throw error
		throw new GatewayError(code, advice, error.facts)
	}

/** Whether WhatsApp has answered "no": neither silence nor trouble, after which the answer may be another one. */
export const isNo = (error: unknown): boolean =>
	(['whatsapp_forbidden', 'whatsapp_not_found', 'whatsapp_gone', 'invalid_request'] as const).some(
		(code) => isGatewayError(error, code),
	)

/** The error for a question that WhatsApp has not answered: whatever it was about may be so or not. */
export function whatsAppSilent(limitMs: number, cause?: unknown): GatewayError {
	const advice = `WhatsApp did not answer within ${limitMs / SECOND_MS} seconds. Try again.`
	return new GatewayError('whatsapp_silent', advice, { retryAfter: 30, cause })
}

/** The error for an answer of WhatsApp that says nothing that we understand. */
export const answerUnreadable = (what: string, cause?: unknown): GatewayError =>
	new GatewayError(
		'whatsapp_answer_unreadable',
		`WhatsApp's answer cannot be understood: ${what}.`,
		{ cause },
	)

/** The error for a connection that ended while WhatsApp was asked. */
export function connectionLost(cause?: unknown): GatewayError {
	const advice = 'The connection was lost before WhatsApp answered. Try again.'
	return new GatewayError('session_not_open', advice, { retryAfter: 5, cause })
}

/** The error while the phone has not shared the keys of what the devices of an account share. */
export function keysMissing(cause?: unknown): GatewayError {
	const advice =
		'The phone has not shared the keys for this with the gateway yet. Try again in some seconds, with the phone online.'
	return new GatewayError('session_not_open', advice, { retryAfter: 10, cause })
}
