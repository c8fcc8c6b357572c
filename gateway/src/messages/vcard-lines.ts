/** A line of a vCard: `item1.TEL;TYPE=CELL,VOICE:+49 151 1`. */
export type VcardLine = {
	/** What ties lines together, as in `item1.TEL` and `item1.X-ABLabel`. */
	group: string
	/** Upper case. */
	name: string
	/** By their names in upper case. What has no name, as `WORK` in vCard 2.1, is a type or an encoding. */
	parameters: Map<string, string[]>
	/** Decoded, with its escapes. */
	value: string
}

/** Reads the lines of a vCard 2.1, 3.0 (RFC 2426) or 4.0 (RFC 6350). Lines that are none are left out. */
export function vcardLines(vcard: string): VcardLine[] {
	return unfolded(vcard).flatMap((line) => lineOf(line) ?? [])
}

/** A value without its escapes. */
export const unescaped = (value: string): string =>
	value.replaceAll(/\\(.)/gs, (_, char: string) => (/n/i.test(char) ? '\n' : char))

/** The components of a value with several, as a name has them, without their escapes. */
export const componentsOf = (value: string): string[] =>
	value.split(/(?<!\\);/).map((part) => unescaped(part).trim())

const isQuotedPrintable = (line: string) => /^[^:]*;(ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(line)

/** A line that begins with a space goes on the one before it; one of quoted-printable that ends in `=` goes on below. */
function unfolded(vcard: string): string[] {
	const lines: { quoted: boolean; pieces: string[] }[] = []
	for (const line of vcard.split(/\r\n|\r|\n/)) {
		const last = lines.at(-1)
		const end = last?.pieces.at(-1)
		if (last?.quoted && end?.endsWith('=')) {
			last.pieces.pop()
			last.pieces.push(end.slice(0, -1), line.replace(/^[ \t]/, ''))
		} else if (last && /^[ \t]/.test(line)) last.pieces.push(line.slice(1))
		else lines.push({ quoted: isQuotedPrintable(line), pieces: [line] })
	}
	return lines.map(({ pieces }) => pieces.join(''))
}

// Neither a colon nor a semicolon within quotes ends anything.
const LINE = /^\s*(?:([\w-]+)\.)?([\w-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s

function lineOf(line: string): VcardLine | undefined {
	const [, group = '', name, head = '', value = ''] = LINE.exec(line) ?? []
	if (!name) return undefined
	const parameters = parametersOf(head)
	return {
		group: group.toLowerCase(),
		name: name.toUpperCase(),
		parameters,
		value: decoded(value, parameters),
	}
}

const ENCODINGS = ['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT']

function parametersOf(head: string): Map<string, string[]> {
	const parameters = new Map<string, string[]>()
	for (const [given] of head.matchAll(/(?:"[^"]*"|[^";])+/g)) {
		const [, named, rest] = /^([^=]+)=(.*)$/s.exec(given) ?? []
		const bare = ENCODINGS.includes(given.toUpperCase()) ? 'ENCODING' : 'TYPE'
		const name = named?.trim().toUpperCase() ?? bare
		const values = (rest ?? given).replaceAll('"', '').split(',')
		parameters.set(name, [...(parameters.get(name) ?? []), ...values.map((text) => text.trim())])
	}
	return parameters
}

function decoded(value: string, parameters: Map<string, string[]>): string {
	const encoding = parameters.get('ENCODING')?.[0]?.toUpperCase()
	const charset = parameters.get('CHARSET')?.[0]
	if (encoding === 'QUOTED-PRINTABLE') return textIn(quotedPrintable(value), charset)
	if (encoding === 'BASE64' || encoding === 'B')
		return textIn(Buffer.from(value, 'base64'), charset)
	return value
}

/** RFC 2045, 6.7. What is written as it is may be outside ASCII, against the rule. */
function quotedPrintable(value: string): Buffer {
	const parts = value.match(/=[\da-f]{2}|[^=]+|=/gi) ?? []
	return Buffer.concat(
		parts.map((part) =>
			/^=[\da-f]{2}$/i.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part),
		),
	)
}

function textIn(bytes: Buffer, charset = 'utf-8'): string {
	try {
		return new TextDecoder(charset).decode(bytes)
	} catch {
		return bytes.toString() // a charset that nobody knows
	}
}
