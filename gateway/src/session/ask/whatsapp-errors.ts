import { GatewayError } from '../errors.ts'

// An error of Baileys: WhatsApp's code is in `data`, Baileys' own in `output`.
type Failure = { data?: unknown; output?: { statusCode?: number }; message?: string }

/** Runs a query to WhatsApp, and turns its errors into errors that a caller can act on. */
export async function mapWhatsAppErrors<T>(ask: () => Promise<T>): Promise<T> {
	try {
		return await ask()
	} catch (cause) {
		throw whatsAppErrorOf(cause)
	}
}

function whatsAppErrorOf(cause: unknown): unknown {
	const { data, output, message } = cause as Failure
	if (typeof data === 'number') {
		const limited = data === 429
		const advice = limited
			? 'WhatsApp limits the queries of this account (code 429). Wait some minutes.'
			: `WhatsApp refused with code ${data}: ${message}.`
		const facts = { whatsapp_code: String(data), cause, ...(limited && { retryAfter: 900 }) }
		return new GatewayError(limited ? 'whatsapp_rate_limited' : 'whatsapp_refused', advice, facts)
	}
	// A timeout, or a lost connection (Baileys: DisconnectReason).
	if (![408, 428].includes(output?.statusCode ?? 0)) return cause
	const advice = 'The connection was lost before WhatsApp answered. Try again.'
	return new GatewayError('session_not_open', advice, { retryAfter: 5, cause })
}
