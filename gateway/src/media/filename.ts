import { posix } from 'node:path'
import { plainName } from '../lib/plain-name.ts'

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
