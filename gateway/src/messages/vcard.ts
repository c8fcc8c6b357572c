/** A person in an address book. */
export type Card = {
	display_name: string
	phones: { number: string; phone_type: string }[]
	organization?: string | undefined
	email?: string | undefined
}

/** A vCard 3.0 (RFC 2426) as WhatsApp reads it: `waid` makes a number somebody to write to. */
export function vcardOf({ display_name: name, phones, organization, email }: Card): string {
	const lines = [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:;${escaped(name)};;;`,
		`FN:${escaped(name)}`,
		...(organization ? [`ORG:${escaped(organization)};`] : []),
		...(email ? [`EMAIL;type=INTERNET:${escaped(email)}`] : []),
		...phones.map(phoneLine),
		'END:VCARD',
	]
	return lines.join('\n')
}

/** Reads the vCard of a contact that came in. */
export function cardOf(vcard: string, displayName: string | null | undefined): Card {
	// A line that begins with a space goes on the one before it.
	const lines = vcard.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)
	const entries = lines.map(entryOf)
	const valueOf = (name: string) => entries.find((entry) => entry.name === name)?.value || undefined
	return {
		display_name: displayName || valueOf('FN') || '',
		phones: entries
			.filter(({ name }) => name === 'TEL')
			.map(({ value, type }) => ({ number: value, phone_type: type ?? 'CELL' })),
		organization: valueOf('ORG')?.replace(/;+$/, ''),
		email: valueOf('EMAIL'),
	}
}

function phoneLine({ number, phone_type: type }: Card['phones'][number]) {
	const digits = number.replaceAll(/\D/g, '')
	return `TEL;type=${type};type=VOICE;waid=${digits}:${escaped(number)}`
}

function entryOf(line: string) {
	const [head = '', value = ''] = line.split(/:(.*)/s, 2)
	const [name = '', ...parameters] = head.split(';')
	const types = parameters.flatMap((parameter) => /^type=(.*)$/i.exec(parameter)?.[1] ?? [])
	return {
		// `item1.TEL` is how iPhones write a number with a label.
		name: name.replace(/^.*\./, '').toUpperCase(),
		type: types.find((type) => type.toLowerCase() !== 'voice')?.toUpperCase(),
		value: value.replaceAll(/\\n/gi, '\n').replaceAll(/\\([\\;,])/g, '$1'),
	}
}

function escaped(text: string) {
	return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r?\n/g, '\\n')
}
