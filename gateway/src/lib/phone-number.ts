/** A phone number as it was read: its digits, country code first, or why it is none. */
export type ReadPhoneNumber = { digits: string } | { why: string }

/** E.164 has 15 digits at the most; the shortest numbers in use with their country code have 5. */
const MIN_DIGITS = 5
const MAX_DIGITS = 15

/** Marks of writing direction, zero-width characters, soft hyphens and whatever else nobody sees. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
/** Spaces and dashes of every kind (U+2212 is the minus sign), and what else people put between digits. */
const SEPARATORS = /[\s\p{Z}\p{Pd}\u2212\u2043\u00b7/.()[\]]/gu
/** The trunk prefix, which is not dialled after a country code: `+49 (0) 151 …`. */
const TRUNK_PREFIX = /^[^\d+]*((?:\+|00)?[1-9]\d{0,2})[^\d+]*\(0\)/u
/** What spreadsheets make of a number. */
const DECIMAL = /^\d+[.,]0+$/

/**
 * Reads a phone number as people and programs write it: with `+` or `00`, any spaces, dashes and brackets, invisible
 * characters around it, digits of any script, `tel:` in front. What could be read in two ways is refused.
 * @example
 * readPhoneNumber('\u202a+49\u00a0(0)\u00a0151–12345678\u202c') // { digits: '4915112345678' }
 */
export function readPhoneNumber(text: string): ReadPhoneNumber {
	const plain = withPlainDigits(text).replace(/^tel:/i, '').trim()
	if (DECIMAL.test(plain)) return { why: 'is a decimal number' }
	const digits = plain
		.replace(TRUNK_PREFIX, '$1')
		.replaceAll(SEPARATORS, '')
		.replace(/^\+/, '')
		.replace(/^00(?=[1-9])/, '')
	if (!/^\d+$/.test(digits)) return { why: whyNot(digits) }
	if (digits.startsWith('0')) return { why: 'has no country code' }
	const fits = digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS
	return fits ? { digits } : { why: 'is not as long as a phone number' }
}

/** The text without invisible characters, its digits as 0 to 9. */
export function withPlainDigits(text: string): string {
	return text
		.normalize('NFKC')
		.replaceAll(INVISIBLE, '')
		.replaceAll(/\p{Nd}/gu, plainDigit)
		.trim()
}

function whyNot(rest: string): string {
	if (/\d\+\d/.test(rest)) return 'is more than one phone number'
	if (/\p{L}/u.test(rest) && /\d/.test(rest)) return 'is not a phone number: it has letters in it'
	return 'is not a phone number'
}

/** Unicode has the digits of a script in a row, from 0 to 9. */
function plainDigit(digit: string): string {
	const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code))
	const code = digit.codePointAt(0)!
	let first = code
	while (isDigit(first - 1)) first--
	return String((code - first) % 10)
}
