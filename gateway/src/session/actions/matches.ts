import { withPlainDigits } from '../../lib/phone-number.ts'

/** Whether one of these has it in it; a number may be written as people write it. */
export function matches(search: string, ...texts: (string | null | undefined)[]): boolean {
	const wanted = search.trim().toLowerCase()
	const digits = /\p{L}/u.test(wanted) ? '' : withPlainDigits(wanted).replaceAll(/\D/g, '')
	return texts.some((text) => {
		const known = text?.toLowerCase() ?? ''
		return known.includes(wanted) || (digits !== '' && known.includes(digits))
	})
}
