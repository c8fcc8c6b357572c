import { createHash } from 'node:crypto'
import type { Adapter } from 'lowdb'
import { DamagedError, type Shape } from '../driver.ts'
import { readIfThere, writeDurably } from './files.ts'

// The file is JSON that a person can read; the digest stands on its own last line, so that checking it
// costs no second serialisation.
const seal = /^\{"data":([^]*)\n,"sha256":"([0-9a-f]{64})"\}\n$/

/**
 * A lowdb adapter that survives power cuts (lowdb's own does not sync) and tells absent from damaged:
 * no file reads as null, a file that is cut, garbled or of the wrong shape throws DamagedError.
 */
export function durableFile<T>(path: string, shape: Shape<T>): Adapter<T> {
	return {
		read: async () => {
			const text = await readIfThere(path)
			return text === undefined ? null : unseal(text, path, shape)
		},
		write: (data) => {
			const json = JSON.stringify(data)
			return writeDurably(path, `{"data":${json}\n,"sha256":"${digest(json)}"}\n`)
		},
	}
}

function unseal<T>(text: string, path: string, shape: Shape<T>): T {
	const [, json, sum] = seal.exec(text) ?? []
	if (json === undefined || digest(json) !== sum) throw damaged(path, 'it is cut or garbled')
	const parsed = shape.safeParse(JSON.parse(json))
	if (!parsed.success) throw damaged(path, 'it has not the shape it should have', parsed.error)
	return parsed.data
}

function damaged(path: string, why: string, cause?: unknown) {
	return new DamagedError(
		`${path} is damaged: ${why}. Restore it from a backup, or move it away to start anew.`,
		{ cause },
	)
}

function digest(text: string) {
	return createHash('sha256').update(text).digest('hex')
}
