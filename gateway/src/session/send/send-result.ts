import { GatewayError, type ErrorCode } from '../../errors.ts'
import { meaningOf, whatsAppErrorOf } from '../ask/whatsapp-errors.ts'

/** `sent`: WhatsApp's server has it. `pending`: it is on its way, and no answer came in time. */
export type SendResult = {
	message_id: string
	/** Unix time in seconds. */
	timestamp: number
	to: string
	status: 'sent' | 'pending'
}

/** Refusals that say that the chat is not there, or not for this account. */
const ABOUT_CHAT: readonly ErrorCode[] = [
	'whatsapp_not_found',
	'whatsapp_gone',
	'whatsapp_forbidden',
]

/** The error for a code with which WhatsApp's server refuses a message. */
export function refusal(code: string): GatewayError {
	if (code === '463') {
		const advice =
			'WhatsApp does not let this account start new chats for now (code 463). Trying again makes it last longer; ' +
			'answering people who wrote first still works.'
		return new GatewayError('reachout_timelocked', advice, { whatsapp_code: code })
	}
	if (code === '429') {
		const advice = 'WhatsApp limits the sends of this account (code 429). Wait some minutes.'
		return new GatewayError('whatsapp_rate_limited', advice, {
			whatsapp_code: code,
			retryAfter: 900,
		})
	}
	const { code: meaning, advice, retryAfter } = meaningOf(Number(code))
	const isAboutChat = ABOUT_CHAT.includes(meaning)
	const check = isAboutChat ? ' Check `to`.' : ''
	const detail = `${advice} (code ${code} to the message). It was not sent.${check}`
	return new GatewayError(meaning, detail, {
		whatsapp_code: code,
		...(isAboutChat && { field: 'to' }),
		...(retryAfter && { retryAfter }),
	})
}

/** The error for a message that could not be encrypted or handed to the socket. */
export function notSent(cause: unknown): GatewayError {
	const known = whatsAppErrorOf(cause)
	if (known && known.code !== 'whatsapp_answer_unreadable') return known
	if (cause instanceof GatewayError) return cause
	const why = cause instanceof Error ? cause.message : String(cause)
	const advice = `The gateway could not encrypt the message: ${why}. Nothing was sent.`
	return new GatewayError('encryption_failed', advice, { cause })
}
