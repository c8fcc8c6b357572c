import { jidNormalizedUser } from '@whiskeysockets/baileys'
import { toPhone } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'

/** Whether a number is on WhatsApp, and who has it; WhatsApp may spell it differently, as in Brazil. */
export type CheckedNumber = { number: string; jid: string | null }

/**
 * Asks WhatsApp which numbers it knows.
 * @param field the request's field with the numbers
 * @throws GatewayError invalid_recipient, naming the field
 */
export async function checkNumbers(
	{ socket }: SessionDeps,
	numbers: string[],
	field: string,
): Promise<CheckedNumber[]> {
	const asked = numbers.map(
		(number, index) => `${toPhone(number, `${field}.${index}`)}@s.whatsapp.net`,
	)
	const found = await Promise.all(asked.map((jid) => socket.onWhatsApp(jid)))
	return numbers.map((number, index) => {
		const answer = found[index]?.find(({ exists }) => exists)
		return { number, jid: answer ? jidNormalizedUser(answer.jid) : null }
	})
}
