import { identityOf, toJid } from '../identity.ts'
import type { SessionContext } from '../session-context.ts'

/** Whom a message goes to. */
export type Recipient = {
	/** WhatsApp's address, in the form that the caller chose: by phone number or by LID. */
	jid: string
	/** The chat: one id for a person, whichever way they are addressed. Messages of a chat leave in order. */
	chat: string
}

type OtherName = SessionContext['otherName']

/**
 * Reads the `to` of a request.
 * @throws GatewayError invalid_recipient
 * @example
 * toRecipient('+49 151 12345678', otherName).jid // '4915112345678@s.whatsapp.net'
 */
export const toRecipient = (to: string, otherName: OtherName): Recipient =>
	recipientAt(toJid(to), otherName)

/** The recipient behind a jid. */
export const recipientAt = (jid: string, otherName: OtherName): Recipient => ({
	jid,
	chat: identityOf(jid, otherName).id,
})
