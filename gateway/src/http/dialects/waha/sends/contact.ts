import { GatewayError } from '../../../../errors.ts'
import { z } from '@hono/zod-openapi'
import { cardOf } from '../../../../messages/read-vcard.ts'
import { optionalText } from '../fields.ts'

/** A contact: its fields, or a vCard that has them. */
export const contactField = z
	.object({
		vcard: optionalText,
		fullName: optionalText,
		phoneNumber: optionalText,
		organization: optionalText,
		whatsappId: optionalText,
	})
	.refine(
		({ vcard, fullName, phoneNumber }) => vcard !== undefined || Boolean(fullName && phoneNumber),
		'must have vcard, or fullName and phoneNumber',
	)

/** @throws GatewayError invalid_request for one that nobody could call */
function cardWithNumber(card: ReturnType<typeof cardOf>) {
	if (card.phones?.length) return card
	const advice =
		'`contacts.vcard`: has no phone number, which is a line such as TEL:+4915112345678.'
	throw new GatewayError('invalid_request', advice, { field: 'contacts.vcard' })
}

/** A contact in the form of our messages. */
export function cardIn(contact: z.output<typeof contactField>) {
	const { vcard, fullName = '', phoneNumber = '', organization, whatsappId } = contact
	if (vcard) return cardWithNumber(cardOf(vcard, fullName || undefined))
	const wa_id = whatsappId?.replaceAll(/\D/g, '')
	return {
		display_name: fullName,
		phones: [{ number: phoneNumber, ...(wa_id && { wa_id }) }],
		organization,
	}
}
