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

/** A contact in the form of our messages. */
export function cardIn(contact: z.output<typeof contactField>) {
	const { vcard, fullName = '', phoneNumber = '', organization, whatsappId } = contact
	if (vcard) return cardOf(vcard, fullName || undefined)
	const wa_id = whatsappId?.replaceAll(/\D/g, '')
	return {
		display_name: fullName,
		phones: [{ number: phoneNumber, ...(wa_id && { wa_id }) }],
		organization,
	}
}
