/** Takes the tokens of a JSON text, in their order. */
export type TokenHandler = {
	/** The text between two strings, or a piece of it: brackets, commas, colons, numbers, spaces. */
	between(text: string): void
	/** A piece of a string, without quotes and with its escapes as they are; the last one has `isEnd`. */
	string(piece: string, isEnd: boolean): void
}

/** Up to the closing quote, or to the end; a backslash at the end is left. */
const stringContent = /[^"\\]*(?:\\[^][^"\\]*)*/y

/**
 * Splits a JSON text that comes in pieces, into strings and the text between them. It holds nothing back but a
 * backslash, and does not check the syntax: that is for `JSON.parse`.
 * @returns a function that takes the next piece
 */
export function createTokenizer({ between, string }: TokenHandler): (piece: string) => void {
	let isInString = false
	let held = ''

	function takeBetween(text: string, from: number): number {
		const quote = text.indexOf('"', from)
		const end = quote < 0 ? text.length : quote
		between(text.slice(from, end))
		isInString = quote >= 0
		return end + 1
	}

	function takeString(text: string, from: number): number {
		stringContent.lastIndex = from
		stringContent.test(text)
		const end = stringContent.lastIndex
		isInString = text[end] !== '"'
		if (text[end] === '\\') held = '\\'
		string(text.slice(from, end), !isInString)
		return end + 1
	}

	return function push(piece) {
		const text = held + piece
		held = ''
		for (let at = 0; at < text.length;) {
			at = isInString ? takeString(text, at) : takeBetween(text, at)
		}
	}
}
