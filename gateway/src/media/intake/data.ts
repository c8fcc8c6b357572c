import { createBase64Decoder, NotBase64Error } from '../../lib/base64.ts'
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
	const decoder = createBase64Decoder()
	try {
		for (let at = 0; at < text.length; at += SLICE) yield decoder.write(text.slice(at, at + SLICE))
		yield decoder.end()
	} catch (error) {
		if (!(error instanceof NotBase64Error)) throw error
		throw mediaUnreadable(field, 'is not base64. Send the bytes as base64 or as a data URI.')
	}
}

function decodePercent(text: string, field: string): Buffer {
	try {
		return Buffer.from(decodeURIComponent(text))
	} catch (cause) {
		throw mediaUnreadable(field, 'is a data URI that cannot be decoded.', cause)
	}
}
