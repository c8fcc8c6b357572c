import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { fetchFailed } from './fetch-errors.ts'

const decoders: Record<string, () => Transform> = {
	gzip: createGunzip,
	'x-gzip': createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress,
}

/** What undoes a content encoding. We ask for none, but some servers compress whatever they are asked. */
export function decodersFor(encoding: string | undefined, url: URL, field: string): Transform[] {
	const name = encoding?.trim().toLowerCase() || 'identity'
	if (name === 'identity') return []
	// One layer is all that an honest server adds; each more multiplies what a small body can grow to.
	const create = Object.hasOwn(decoders, name) ? decoders[name] : undefined
	if (!create)
		throw fetchFailed(field, `${url.host} sends the file in an encoding we did not ask for.`)
	return [create()]
}
