/** Thrown for a text that is not base64. */
export class NotBase64Error extends Error {
	override name = 'NotBase64Error'
}

/**
 * Decodes base64 or base64url, line breaks allowed, piece by piece, so that it is never in memory as a whole.
 * @example
 * const decoder = createBase64Decoder()
 * const bytes = Buffer.concat([decoder.write('aGV'), decoder.write('sbG8'), decoder.end()])
 */
export function createBase64Decoder() {
	let rest = ''
	return {
		/** The bytes of all groups of four that are complete. @throws NotBase64Error */
		write(piece: string): Buffer {
			const text = rest + piece.replace(/\s+/g, '')
			// The last group may be padded: `end` decodes it.
			const whole = Math.max(0, text.length - (text.length % 4 || 4))
			rest = text.slice(whole)
			return decode(text.slice(0, whole))
		},
		/** The bytes of the last group. @throws NotBase64Error */
		end(): Buffer {
			const letters = rest.replace(/={1,2}$/, '')
			if (letters.length % 4 === 1) throw new NotBase64Error()
			return decode(letters)
		},
	}
}

function decode(letters: string): Buffer {
	if (/[^A-Za-z0-9+/_-]/.test(letters)) throw new NotBase64Error()
	return Buffer.from(letters, 'base64')
}
