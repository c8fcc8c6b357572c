import type { Assertion } from './assertion.ts'
import { notPending, type Ceremony, type CeremonyStep } from './ceremony.ts'

export type PasskeysOptions = {
	/** The newest step; undefined if WhatsApp has not asked for a passkey. */
	step(): CeremonyStep | undefined
	/** That of the connection, if there is one. */
	ceremony(): Ceremony | undefined
}

/** Linking with a passkey, for the routes that may link the session. */
export function createPasskeys({ step, ceremony }: PasskeysOptions) {
	function current(): Ceremony {
		const found = step() && ceremony()
		if (!found) throw notPending(step()?.stage)
		return found
	}
	return {
		step,
		/** Answers the challenge. @throws GatewayError as `Ceremony.answer` */
		answer: async (assertion: Assertion) => current().answer(assertion),
		/** Says that the codes are the same. @throws GatewayError as `Ceremony.confirm` */
		confirm: async () => current().confirm(),
	}
}
