import { readPhoneNumber } from '../lib/phone-number.ts'

/** A person in an address book. */
export type Card = {
	display_name: string
	phones: Phone[]
	organization?: string | undefined
	email?: string | undefined
	url?: string | undefined
}

type Phone = {
	/** As it is written on the card. */
	number: string
	phone_type: string
	/** The number under which the person is on WhatsApp, digits only. */
	wa_id?: string | undefined
	/** What the card's owner calls the number; on cards that came in. */
	label?: string | undefined
}

/** A vCard 3.0 (RFC 2426) as WhatsApp reads it: `waid` makes a number somebody to write to. */
export function vcardOf({ display_name: name, phones, organization, email, url }: Card): string {
	const lines = [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:;${escaped(name)};;;`,
		`FN:${escaped(name)}`,
		...(organization ? [`ORG:${escaped(organization)};`] : []),
		...(email ? [`EMAIL;type=INTERNET:${escaped(email)}`] : []),
		...(url ? [`URL:${escaped(url)}`] : []),
		...phones.map(phoneLine),
		'END:VCARD',
	]
	return lines.join('\n')
}

function phoneLine({ number, phone_type: type, wa_id: given }: Phone) {
	const read = readPhoneNumber(number)
	// Phones open a chat with it: a number without country code would be somebody else's.
	const waid = given ?? ('digits' in read ? read.digits : undefined)
	return `TEL;type=${type};type=VOICE${waid ? `;waid=${waid}` : ''}:${escaped(number)}`
}

function escaped(text: string) {
	return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r?\n/g, '\\n')
}
