import { GatewayError } from '../../errors.ts'
import { identityOf } from '../identity.ts'
import type { AddressDeps } from './address.ts'

/** The error for a message to an account that is no more. @param lid the jid of that account */
export function accountGone(
	lid: string,
	{ otherName }: Pick<AddressDeps, 'otherName'>,
	whatsapp_code?: string,
): GatewayError {
	const { phone } = identityOf(lid, otherName)
	const next = phone
		? `Its phone number ${phone} has a new account, perhaps of another person: give \`to\` as the number if you mean them.`
		: 'Its phone number is not known here: give `to` as the number if you know it.'
	const facts = { field: 'to', ...(whatsapp_code && { whatsapp_code }) }
	return new GatewayError(
		'recipient_has_new_account',
		`The WhatsApp account ${lid} is no more. ${next}`,
		facts,
	)
}
