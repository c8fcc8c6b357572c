import { findNumbers } from '../../ask/find-numbers.ts'
import { toPhone } from '../../identity.ts'
import { isKnown } from '../../known-people.ts'
import type { SessionDeps } from '../../session-deps.ts'

/**
 * Whether a number is on WhatsApp, and who has it; WhatsApp may spell it differently, as in Brazil. `exists` is null if
 * WhatsApp left the number out of its answer.
 */
export type CheckedNumber = { number: string; exists: boolean | null; jid: string | null }

/**
 * Asks WhatsApp which numbers it knows, in one query.
 * @param field the request's field with the numbers
 * @throws GatewayError invalid_recipient, naming the field, governor_limited, and those of `askWhatsApp`
 */
export async function checkNumbers(
	deps: SessionDeps,
	numbers: string[],
	field: string,
): Promise<CheckedNumber[]> {
	const asked = numbers.map((number, index) => toPhone(number, `${field}.${index}`))
	deps.takeChecks(asked.length)
	const found = await findNumbers(deps.socket, asked)
	return numbers.map((number, index) => {
		const phone = asked[index]!
		const person = found.get(phone)
		if (person) return { number, exists: true, jid: person.jid }
		if (person === null) return { number, exists: false, jid: null }
		if (isKnown(phone, deps)) return { number, exists: true, jid: `${phone}@s.whatsapp.net` }
		return { number, exists: null, jid: null }
	})
}
