import { BufferJSON } from '@whiskeysockets/baileys'

/**
 * Reads what a program has stored as JSON, however often it has encoded it: some encode what is a text already. Bytes
 * become buffers. A text that is no JSON of a text, an object or a list stays as it is, as in a number that is a name.
 * @throws SyntaxError
 * @example
 * parseStored('"{\\"a\\":1}"') // { a: 1 }
 * parseStored('"4917"') // '4917'
 */
export function parseStored(stored: unknown): unknown {
	if (typeof stored !== 'string' || !/^\s*(["{[]|null\s*$)/.test(stored)) return stored
	return parseStored(JSON.parse(stored, revived))
}

/** As Baileys reads bytes, and as JSON.stringify alone writes a buffer. */
function revived(key: string, value: unknown): unknown {
	const { type, data } = (value ?? {}) as { type?: unknown; data?: unknown }
	const isPlain = type === 'Buffer' && Array.isArray(data)
	return isPlain ? Buffer.from(data as number[]) : BufferJSON.reviver(key, value)
}
