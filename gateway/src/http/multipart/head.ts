import { malformedForm, tooMuch } from './errors.ts'

/** The fields of a part's head. */
export type PartHead = {
	name: string
	/** Undefined for a text field. */
	filename: string | undefined
	mimetype: string | undefined
}

/** Names, values and separators, as Node counts the head of a request. */
export const MAX_HEAD_BYTES = 16 * 1024
/** Clients send two or three. */
export const MAX_HEAD_LINES = 50

/**
 * Reads the head of a part.
 * @param header its lines by name in lower case, one character per byte
 * @throws GatewayError payload_too_large or invalid_request
 */
export function headOf(header: Record<string, string[]>): PartHead {
	const lines = Object.entries(header).flatMap(([name, values]) =>
		values.map((value) => name.length + value.length),
	)
	if (lines.length > MAX_HEAD_LINES) throw tooManyLines()
	if (lines.reduce((sum, length) => sum + length, 0) > MAX_HEAD_BYTES) throw headTooLarge()
	const disposition = textOf(header['content-disposition']) ?? ''
	const name = parameter(disposition, 'name')
	if (name === undefined) throw malformedForm('a part has no name')
	const mimetype = textOf(header['content-type'])?.trim()
	return { name, filename: parameter(disposition, 'filename'), mimetype }
}

const textOf = ([line]: string[] = []) =>
	line === undefined ? undefined : Buffer.from(line, 'latin1').toString('utf8')

// Browsers percent-encode only quotes and line ends in names.
function parameter(disposition: string, name: string): string | undefined {
	const found = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)
	return found?.[1]
		?.replace(/\\(.)/g, '$1')
		.replaceAll(/%22/g, '"')
		.replaceAll(/%0D|%0A/gi, ' ')
}

export const headTooLarge = () =>
	tooMuch(`The head of a part may have at most ${MAX_HEAD_BYTES} bytes`)

const tooManyLines = () => tooMuch(`The head of a part may have at most ${MAX_HEAD_LINES} lines`)
