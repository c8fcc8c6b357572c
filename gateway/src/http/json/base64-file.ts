import { createBase64Decoder, NotBase64Error } from '../../lib/base64.ts'
import { GatewayError } from '../../errors.ts'
import type { Upload } from '../../messages/media-source.ts'
import type { Uploads } from '../uploads/index.ts'

/** Decodes a string into a file, while it comes. */
export type Base64File = {
	/** @throws GatewayError media_unreadable */
	write(piece: string): void
	/** @throws GatewayError media_unreadable */
	end(): Upload
}

const MAX_PREFIX = 1024

/**
 * Begins a file if a string begins like base64 or like a data URI in base64; undefined for any other string.
 * @param start the first thousand characters at least, with the escapes of JSON
 * @param field its name for the caller, for errors
 */
export function beginBase64File(
	start: string,
	field: string,
	uploads: Uploads,
): Base64File | undefined {
	const kind = kindOf(start.slice(0, MAX_PREFIX))
	if (!kind) return undefined
	const unescape = createUnescaper()
	const decoder = createBase64Decoder()
	const sink = uploads.create(field)
	const write = (piece: string, isEnd = false) =>
		named(field, () => sink.write(decoder.write(unescape(piece, isEnd))))
	write(start.slice(kind.prefix))
	return {
		write,
		end() {
			write('', true)
			named(field, () => sink.write(decoder.end()))
			return sink.end({ mimetype: kind.mimetype })
		},
	}
}

function kindOf(start: string): { prefix: number; mimetype?: string | undefined } | undefined {
	const [prefix, head = ''] = /^data:([^,]*),/i.exec(start) ?? []
	if (prefix) {
		const [mimetype, ...parameters] = createUnescaper()(head, true).split(';')
		const isBase64 = parameters.some((parameter) => parameter.trim().toLowerCase() === 'base64')
		return isBase64 ? { prefix: prefix.length, mimetype: mimetype || undefined } : undefined
	}
	return /^[\w+/\\-]*$/.test(start) ? { prefix: 0 } : undefined
}

const escapes = /\\(?:u([0-9a-f]{4})|([/nrt]))/gi

/** Undoes the escapes that encoders put into base64: `\/`, `\n`, `\u003d`. Any other stays, and is not base64. */
function createUnescaper() {
	let held = ''
	return (piece: string, isEnd: boolean): string => {
		const text = held + piece
		// The longest escape has six characters: one that begins later may be incomplete.
		const cut = isEnd ? -1 : text.indexOf('\\', Math.max(0, text.length - 5))
		held = cut < 0 ? '' : text.slice(cut)
		return (cut < 0 ? text : text.slice(0, cut)).replace(
			escapes,
			(_, code?: string, sign?: string) =>
				code ? String.fromCharCode(parseInt(code, 16)) : sign === '/' ? '/' : ' ',
		)
	}
}

function named(field: string, act: () => void): void {
	try {
		act()
	} catch (error) {
		if (!(error instanceof NotBase64Error)) throw error
		const advice = `\`${field}\` is not base64. Send the bytes as base64 or as a data URI.`
		throw new GatewayError('media_unreadable', advice, { field })
	}
}
