import { GatewayError } from '../../../errors.ts'

/** How Evolution answers for a number that nobody has: workflows read `exists`. */
export type NobodysNumber = { jid: string; exists: false; number: string }

/** The error of a request for a number that is not on WhatsApp. */
export class NotOnWhatsApp extends GatewayError {
	readonly answer: NobodysNumber

	/** @param given the number as the request has it */
	constructor(jid: string, given: string) {
		super('recipient_not_on_whatsapp', `The number ${given} is not on WhatsApp.`)
		this.answer = { jid, exists: false, number: given }
	}
}
