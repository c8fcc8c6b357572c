/** Somebody in an address book. `waid` is the number on WhatsApp, if there is one. */
export type Card = { name: string; phone: string; waid?: string | undefined }

const escaped = (text: string) => text.replace(/[\\,;]/g, '\\$&').replaceAll('\n', '\\n')

/** A contact as phones share it. */
export function vcard({ name, phone, waid }: Card): string {
	const type = waid ? `type=CELL;waid=${waid}` : 'type=CELL'
	const lines = ['BEGIN:VCARD', 'VERSION:3.0', `N:;${escaped(name)};;;`, `FN:${escaped(name)}`]
	return [...lines, `TEL;${type}:${phone}`, 'END:VCARD'].join('\n')
}
