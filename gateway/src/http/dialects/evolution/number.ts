import { withPlainDigits } from '../../../lib/phone-number.ts'

/** Who is meant by a `number` or `remoteJid`. */
export type Meant =
	/** An id that WhatsApp has. */
	| { jid: string }
	/** A phone number in every spelling that WhatsApp may have it in, the likeliest first: digits. */
	| { phones: [string, ...string[]] }

const LEAST_DIGITS_OF_GROUP = 18
const LEAST_LENGTH_OF_OLD_GROUP = 24

/**
 * Reads a `number` as Evolution does: an id as it is, anything else as a phone number, or a group's without its ending.
 * Brazil's ninth digit and the digit that Mexico and Argentina have behind the country code may be there or not:
 * WhatsApp knows a number by one spelling only. Undefined for what is neither.
 * @example
 * readNumber('+55 (31) 98765-4321') // { phones: ['553187654321', '5531987654321'] }
 * readNumber('120363021033254949') // { jid: '120363021033254949@g.us' }
 */
export function readNumber(given: string): Meant | undefined {
	const text = withPlainDigits(given).replaceAll(/:\d+(?=@|$)/g, '')
	const lid = /^(\d+@lid)/.exec(text)
	// The n8n node appends `@s.whatsapp.net` even to these.
	if (lid) return { jid: lid[1]! }
	const person = /^(\d+)@s\.whatsapp\.net$/.exec(text)
	if (person) return { phones: withVariants(person[1]!, true) }
	if (idOfOthers.test(text)) return { jid: text }
	if (/@(g\.us|newsletter|broadcast)$/.test(text)) return undefined
	return readPlain(text.replaceAll(/[\s+()]/g, '').split(/[:@]/)[0]!)
}

const idOfOthers = /^(\d+(-\d+)?@g\.us|\d+@newsletter|(status|\d+)@broadcast)$/

function readPlain(text: string): Meant | undefined {
	const isOldGroup = text.includes('-') && text.length >= LEAST_LENGTH_OF_OLD_GROUP
	if (isOldGroup && /^\d+-\d+$/.test(text)) return { jid: `${text}@g.us` }
	const digits = text.replaceAll(/\D/g, '')
	if (digits.length >= LEAST_DIGITS_OF_GROUP) return { jid: `${digits}@g.us` }
	// WhatsApp has no shorter ones, and none with letters.
	if (digits.length < 5 || /\p{L}/u.test(text)) return undefined
	return { phones: withVariants(digits, false) }
}

/** @param isAsItIs an id is not rewritten: it is the likeliest spelling */
function withVariants(digits: string, isAsItIs: boolean): [string, ...string[]] {
	const other = otherSpelling(digits)
	if (other === undefined) return [digits]
	return !isAsItIs && isLikelier(other, digits) ? [other, digits] : [digits, other]
}

/** The same number with the digit that may be left out, or without it. */
function otherSpelling(digits: string): string | undefined {
	const long = /^(55\d\d)9(\d{8})$/.exec(digits) ?? /^(52)1(\d{10})$/.exec(digits)
	const found = long ?? /^(54)9(\d{10})$/.exec(digits)
	if (found) return `${found[1]}${found[2]}`
	const short = /^(55\d\d)([6-9]\d{7})$/.exec(digits)
	if (short) return `${short[1]}9${short[2]}`
	const abroad = /^(52|54)(\d{10})$/.exec(digits)
	return abroad ? `${abroad[1]}${abroad[1] === '52' ? 1 : 9}${abroad[2]}` : undefined
}

/** Whether the other spelling is the one that WhatsApp has as a rule: it leaves the digit out of older numbers. */
function isLikelier(other: string, digits: string): boolean {
	if (other.length > digits.length) return false
	const brazilian = /^55(\d\d)9(\d)/.exec(digits)
	if (!brazilian) return true
	const [, area, first] = brazilian
	return Number(area) >= 31 && Number(first) >= 7
}
