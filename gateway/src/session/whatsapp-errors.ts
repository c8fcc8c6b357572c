import { GatewayError } from '../errors.ts'

// What Baileys throws: WhatsApp's code is in `data`, its own in `output`.
type Failure = { data?: unknown; output?: { statusCode?: number }; message?: string }

/** Asks WhatsApp for something; what goes wrong is said in words that a caller can act on. */
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
			? 'WhatsApp says that this account asks too much (code 429). Wait some minutes.'
			: `WhatsApp refused with code ${data}: ${message}.`
		const facts = { whatsapp_code: String(data), cause, ...(limited && { retryAfter: 900 }) }
		return new GatewayError(limited ? 'whatsapp_rate_limited' : 'whatsapp_refused', advice, facts)
	}
	// The time was up, or the connection went away (Baileys: DisconnectReason).
	if (![408, 428].includes(output?.statusCode ?? 0)) return cause
	const advice = 'The connection was lost before WhatsApp had answered. Try again.'
	return new GatewayError('session_not_open', advice, { retryAfter: 5, cause })
}
