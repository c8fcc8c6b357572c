import { overLimit, mediaUnreadable } from '../errors.ts'
import { writeAll, type WriteTarget, type TempFile } from './write-to-temp.ts'

const SLICE = 1024 * 1024

/** Takes base64, base64url (line breaks allowed) or a data URI. */
export async function takeData(
	{ data, mimetype }: { data: string; mimetype?: string | undefined },
	into: WriteTarget,
): Promise<TempFile> {
	const { type, body, isBase64 } = parse(data, into.field)
	if (isBase64 && (body.length * 3) / 4 > into.maxBytes * 1.1) {
		throw overLimit(into.field, into.maxBytes)
	}
	const bytes = isBase64 ? decodeBase64(body, into.field) : [decodePercent(body, into.field)]
	const path = await writeAll(bytes, into)
	return { path, filename: undefined, declared: mimetype ?? type }
}

function parse(data: string, field: string) {
	if (!/^data:/i.test(data)) return { type: undefined, body: data, isBase64: true }
	const comma = data.indexOf(',')
	if (comma < 0) throw mediaUnreadable(field, 'is a data URI without a comma.')
	const [type, ...parameters] = data.slice('data:'.length, comma).split(';')
	return {
		type: type || undefined,
		body: data.slice(comma + 1),
		isBase64: parameters.some((parameter) => parameter.trim().toLowerCase() === 'base64'),
	}
}

/** Decodes piece by piece, so that the bytes are never in memory as a whole. */
function* decodeBase64(text: string, field: string): Generator<Buffer> {
	let rest = ''
	for (let at = 0; at < text.length; at += SLICE) {
		const piece = rest + text.slice(at, at + SLICE).replace(/\s+/g, '')
		const isLast = at + SLICE >= text.length
		const whole = isLast ? piece.length : piece.length - (piece.length % 4)
		yield decodePiece(piece.slice(0, whole), isLast, field)
		rest = piece.slice(whole)
	}
}

function decodePiece(piece: string, isLast: boolean, field: string): Buffer {
	const letters = isLast ? piece.replace(/={1,2}$/, '') : piece
	const isWhole = !isLast || letters.length % 4 !== 1
	if (!isWhole || /[^A-Za-z0-9+/_-]/.test(letters)) {
		throw mediaUnreadable(field, 'is not base64. Send the bytes as base64 or as a data URI.')
	}
	return Buffer.from(letters, 'base64')
}

function decodePercent(text: string, field: string): Buffer {
	try {
		return Buffer.from(decodeURIComponent(text))
	} catch (cause) {
		throw mediaUnreadable(field, 'is a data URI that cannot be decoded.', cause)
	}
}
