import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
/** Loaded by the first expression: few webhooks have one. */
const re2 = (): typeof import('re2js') => require('re2js')

/** A regular expression whose search takes time in proportion to the length of the text, whatever the two are. */
export type LinearRegexp = { test(text: string): boolean }

/** Characters of a text that are searched. */
export const SEARCHED_CHARACTERS = 16_384
/** The longest search takes this times `SEARCHED_CHARACTERS` steps: about 100 ms. `a{400}` has 402. */
const MAX_INSTRUCTIONS = 500
/** Memory for the states of an expression; an ordinary one needs 10 KB. */
const MAX_MEMORY_BYTES = 256 * 1024

/**
 * Compiles a regular expression in the syntax of JavaScript, without regard to case. `\s` means white space of ASCII.
 * @throws SyntaxError when it is none, is too large, or needs backtracking: lookarounds and back references
 * @example
 * linearRegexp('^order \\d+$').test('Order 12') // true
 */
export function linearRegexp(source: string): LinearRegexp {
	const { RE2JS, RE2Set } = re2()
	const expression = translate(source)
	if (sizeOf(expression) > MAX_INSTRUCTIONS)
		throw new SyntaxError('It is too large: shorten it, or use smaller counts in {}')
	const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE, MAX_MEMORY_BYTES)
	set.add(expression)
	set.compile()
	return { test: (text) => set.match(text.slice(0, SEARCHED_CHARACTERS)).length > 0 }
}

/** These escapes would be translated into something else. */
const untranslatable = /(?<!\\)(?:\\\\)*(\\k<[^>]*>|\\u[dD][89a-fA-F]..)/

/** Into the syntax of RE2, in which some escapes and groups are written otherwise. */
function translate(source: string): string {
	// It only parses: what the translation does not know it would change without a word.
	void new RegExp(source, 'iu')
	const escape = untranslatable.exec(source)?.[1]
	if (escape) throw new SyntaxError(`Unsupported escape sequence: ${escape}`)
	return re2().RE2JS.translateRegExp(source)
}

function sizeOf(expression: string): number {
	const { RE2JS } = re2()
	try {
		return RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE).programSize()
	} catch (error) {
		throw new SyntaxError((error as Error).message.replace('error parsing regexp: ', ''))
	}
}
