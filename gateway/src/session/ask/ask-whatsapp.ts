import { SECOND_MS } from '../../lib/units.ts'
import { answerUnreadable, whatsAppErrorOf, whatsAppSilent } from './whatsapp-errors.ts'

/**
 * How long a call waits for WhatsApp. Each query has a limit of its own (`query-timeout.ts`); this one is for what is
 * made of several, or waits for another.
 */
export const ANSWER_LIMIT_MS = 30 * SECOND_MS

/**
 * Calls a function of Baileys that waits for WhatsApp: every one goes through here. "No" is an answer, and an error
 * with WhatsApp's code; no answer is `whatsapp_silent`, never "no".
 * @throws GatewayError whatsapp_silent, session_not_open, whatsapp_answer_unreadable, and those for WhatsApp's codes
 * @example
 * await askWhatsApp(() => socket.groupMetadata(jid))
 */
export async function askWhatsApp<T>(call: () => Promise<T>, limitMs?: number): Promise<T> {
	return inTime(call, limitMs).catch((cause: unknown) => {
		const why = cause instanceof Error ? cause.message : String(cause)
		throw whatsAppErrorOf(cause) ?? answerUnreadable(why, cause)
	})
}

/** Runs an action that asks WhatsApp; an error of our own code stays what it is. */
export async function actAtWhatsApp<T>(act: () => Promise<T>): Promise<T> {
	return inTime(act).catch((cause: unknown) => {
		throw whatsAppErrorOf(cause) ?? cause
	})
}

async function inTime<T>(call: () => Promise<T>, limitMs = ANSWER_LIMIT_MS): Promise<T> {
	const { promise: late, reject } = Promise.withResolvers<never>()
	const timer = setTimeout(() => reject(whatsAppSilent(limitMs)), limitMs)
	return Promise.race([call(), late]).finally(() => clearTimeout(timer))
}
