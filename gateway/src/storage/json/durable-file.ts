import { createHash } from 'node:crypto'
import type { Adapter } from 'lowdb'
import { DamagedError, type Shape } from '../driver.ts'
import { isHidden, noCurtain } from './encryption.ts'
import { readIfThere, writeDurably } from './fs.ts'
import type { Curtain } from './record-line.ts'

// The file is JSON that a person can read; the digest stands on its own last line, so that checking it
// costs no second serialisation.
const seal = /^\{"data":([^]*)\n,"sha256":"([0-9a-f]{64})"\}\n$/

/**
 * A lowdb adapter that survives power cuts (lowdb's own does not sync) and tells absent from damaged:
 * no file reads as null, a file that is cut, garbled or of the wrong shape throws DamagedError.
 * @param curtain keeps the data hidden: it stands in the file as a string
 */
export function durableFile<T>(
	path: string,
	shape: Shape<T>,
	curtain: Curtain = noCurtain,
): Adapter<T> {
	return {
		read: async () => {
			const text = await readIfThere(path)
			return text === undefined ? null : unseal(text, path, shape, curtain)
		},
		write: (data) => {
			const json = hide(JSON.stringify(data), curtain)
			return writeDurably(path, `{"data":${json}\n,"sha256":"${digest(json)}"}\n`)
		},
	}
}

function unseal<T>(text: string, path: string, shape: Shape<T>, curtain: Curtain): T {
	const [, json, sum] = seal.exec(text) ?? []
	if (json === undefined || digest(json) !== sum) throw damaged(path, 'it is cut or garbled')
	const parsed = shape.safeParse(JSON.parse(show(json, curtain)))
	if (!parsed.success) throw damaged(path, 'it has not the shape it should have', parsed.error)
	return parsed.data
}

// Hidden text has no character that JSON would escape.
function hide(json: string, curtain: Curtain): string {
	const text = curtain.hide(json)
	return isHidden(text) ? `"${text}"` : text
}

function show(json: string, curtain: Curtain): string {
	const text = json.slice(1, -1)
	return curtain.show(isHidden(text) ? text : json)
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
