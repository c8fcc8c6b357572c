import type { Card } from './vcard.ts'
import { componentsOf, unescaped, vcardLines, type VcardLine } from './vcard-lines.ts'

/** Reads the vCards of a contact that came in; there is at least one. */
export function cardsOf(vcard: string, displayName: string | null | undefined): Card[] {
	const cards = vcard.split(/^(?=BEGIN:VCARD)/im).filter((text) => text.trim())
	if (cards.length < 2) return [cardOf(vcard, displayName)]
	return cards.map((card) => cardOf(card, undefined))
}

/** Reads a vCard. */
export function cardOf(vcard: string, displayName: string | null | undefined): Card {
	const lines = vcardLines(vcard)
	const valueOf = (name: string) => {
		const found = lines.find((line) => line.name === name)
		return found && (unescaped(found.value).trim() || undefined)
	}
	const organization = valueOf('ORG')?.replace(/;+$/, '')
	return {
		display_name: displayName || valueOf('FN') || nameIn(lines) || organization || '',
		phones: lines.filter(({ name }) => name === 'TEL').map((line) => phoneIn(line, lines)),
		organization,
		email: valueOf('EMAIL')?.replace(/^mailto:/i, ''),
		url: valueOf('URL'),
	}
}

/** `N` has the family name before the given ones, and then what stands before and after them. */
function nameIn(lines: VcardLine[]): string {
	const found = lines.find(({ name }) => name === 'N')
	const [family, given, more, before, after] = componentsOf(found?.value ?? '')
	return [before, given, more, family, after].filter(Boolean).join(' ')
}

function phoneIn(
	{ value, parameters, group }: VcardLine,
	lines: VcardLine[],
): Card['phones'][number] {
	return {
		number: unescaped(value)
			.replace(/^tel:([^;]*).*$/is, '$1')
			.trim(),
		phone_type: typeIn(parameters.get('TYPE') ?? []),
		wa_id: parameters.get('WAID')?.[0]?.replaceAll(/\D/g, '') || undefined,
		label: labelOf(group, lines),
	}
}

/** Types that do not tell a person's telephones apart. */
const GENERAL = ['VOICE', 'PREF', 'MSG', 'TEXT']

const typeIn = (types: string[]): string =>
	types.map((type) => type.toUpperCase()).find((type) => type && !GENERAL.includes(type)) ?? 'CELL'

/** iPhones write their own labels as `_$!<Mobile>!$_`. */
function labelOf(group: string, lines: VcardLine[]): string | undefined {
	const label = group && lines.find((line) => line.name === 'X-ABLABEL' && line.group === group)
	return label ? unescaped(label.value).replace(/^_\$!<(.*)>!\$_$/s, '$1') || undefined : undefined
}
