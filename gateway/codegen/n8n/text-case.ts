const small = new Set(
	'a an and as at because but by en for if in neither nor of on only or over per so some than that the to up upon via vs yet'.split(
		' ',
	),
)

/** As n8n writes the names of fields: `Mention All`, `Chat of the Message`, `Message ID`. */
export function titleCase(text: string): string {
	const words = text.replaceAll(/[_-]/g, ' ').split(' ')
	const isInside = (at: number) => at > 0 && at < words.length - 1
	return words
		.map((word, at) => (isInside(at) && small.has(word) ? word : upperFirst(word)))
		.map((word) => (/^id$/i.test(word) ? 'ID' : word))
		.join(' ')
}

/** As n8n writes what a field is for: a capital first, a full stop only after several sentences. */
export function description(text: string): string {
	const plain = upperFirst(withIds(text.replaceAll('`', '')).trim().replace(/\.$/, ''))
	return plain.includes('. ') ? `${plain}.` : plain
}

/** The description of a switch: n8n's guidelines want it to begin with "Whether". @throws Error if the definition does not */
export function whether(title: string, text: string): string {
	if (/^whether\b/i.test(text)) return description(text)
	throw new Error(`The description of "${title}" must begin with "Whether": ${text}`)
}

const withIds = (text: string) => text.replaceAll(/\bid(s?)\b/gi, 'ID$1')

/** In the middle of a sentence. What is all capitals stays so. */
export function lowered(text: string): string {
	const words = text.split(' ')
	return words.map((word, at) => (isProper(word, at) ? word : lowerFirst(word))).join(' ')
}

/** `a poll`, `an image`, `buttons`. */
export function withArticle(noun: string): string {
	if (/s$/i.test(noun) && !/(ss|us|is)$/i.test(noun)) return noun
	return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

export const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

// A name in the middle of a sentence keeps its capital: WhatsApp, GIF.
const isProper = (word: string, at: number) =>
	/^[A-Z].*[A-Z]/.test(word) || (at > 0 && /^WhatsApp/.test(word))
