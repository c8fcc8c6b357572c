/** A piece of a text with WhatsApp's marks. */
export type Rich =
	| { is: 'text'; text: string }
	| { is: 'link'; text: string; href: string }
	| { is: 'code'; text: string }
	| { is: 'strong' | 'em' | 's'; parts: Rich[] }

const marks: Record<string, 'strong' | 'em' | 's'> = { '*': 'strong', _: 'em', '~': 's' }

/**
 * Code, a link, or a marked piece. A mark begins after no letter or digit, stands next to what it marks, and ends before
 * no letter or digit: `5*3*2` has none.
 */
const PIECE =
	/```([^`]+)```|`([^`\n]+)`|(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'*_~])|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?[^\s])\4(?![\p{L}\p{N}])/gu

/** Reads WhatsApp's marks: *bold*, _italic_, ~struck~, `code` and ```code```; and links. */
export function richText(text: string): Rich[] {
	const parts: Rich[] = []
	let end = 0
	for (const match of text.matchAll(PIECE)) {
		const [whole, block, code, link, mark = '', marked = ''] = match
		if (match.index > end) parts.push({ is: 'text', text: text.slice(end, match.index) })
		end = match.index + whole.length
		if (block ?? code) parts.push({ is: 'code', text: (block ?? code)! })
		else if (link) parts.push({ is: 'link', text: link, href: link })
		else parts.push({ is: marks[mark]!, parts: richText(marked) })
	}
	if (end < text.length) parts.push({ is: 'text', text: text.slice(end) })
	return parts
}

/** The same text without its marks, for a line. */
export const plainText = (text: string): string => richText(text).map(plain).join('')

const plain = (part: Rich): string => ('parts' in part ? part.parts.map(plain).join('') : part.text)
