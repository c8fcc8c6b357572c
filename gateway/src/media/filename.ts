import { posix } from 'node:path'

const MAX_LENGTH = 255

/** A name without folders and control characters, or undefined if nothing is left. */
export function plainName(given: string | undefined): string | undefined {
	const last = given?.split(/[/\\]/).at(-1) ?? ''
	const plain = last.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim()
	return plain.slice(0, MAX_LENGTH) || undefined
}

/** The name that an answer over HTTP goes by. */
export function nameOfResponse(disposition: string | undefined, url: URL): string | undefined {
	return plainName(fromDisposition(disposition ?? '') ?? decoded(posix.basename(url.pathname)))
}

// RFC 6266: filename* is the better one where both are given.
function fromDisposition(header: string): string | undefined {
	const encoded = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1]
	if (encoded) return decoded(encoded)
	const [, quoted, bare] =
		/;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? []
	return quoted?.replace(/\\(.)/g, '$1') ?? bare
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text)
	} catch {
		return text
	}
}
