import { createHash } from 'node:crypto'
import type { Adapter } from 'lowdb'
import type { Shape } from '../driver.ts'
import { damagedFile } from './damaged-file.ts'
import { isEncrypted, plaintext } from './encryption.ts'
import { readIfThere } from './fs.ts'
import type { Cipher } from './record-line.ts'
import type { Staging } from './staging.ts'

// The file is JSON that a person can read; the digest stands on its own last line, so that checking it
// costs no second serialisation.
const FILE = /^\{"data":([^]*)\n,"sha256":"([0-9a-f]{64})"\}\n$/

export type DurableFileOptions = {
	staging: Staging
	/** Encrypts the data: it stands in the file as a string. */
	cipher?: Cipher | undefined
}

/**
 * A lowdb adapter that survives power cuts (lowdb's own does not sync) and tells absent from damaged:
 * no file reads as null, a file that is cut, garbled or of the wrong shape throws DamagedError.
 */
export function durableFile<T>(
	path: string,
	shape: Shape<T>,
	{ staging, cipher = plaintext }: DurableFileOptions,
): Adapter<T> {
	return {
		read: () => readDurableFile(path, shape, cipher),
		write: (data) => {
			const json = encryptJson(JSON.stringify(data), cipher)
			return staging.write(path, `{"data":${json}\n,"sha256":"${digest(json)}"}\n`)
		},
	}
}

/** Reads such a file, null if there is none. @throws DamagedError, StateKeyError */
export async function readDurableFile<T>(
	path: string,
	shape: Shape<T>,
	cipher: Cipher,
): Promise<T | null> {
	const text = await readIfThere(path)
	return text === undefined ? null : decodeFile(text, path, shape, cipher)
}

function decodeFile<T>(text: string, path: string, shape: Shape<T>, cipher: Cipher): T {
	const [, json, sum] = FILE.exec(text) ?? []
	if (json === undefined || digest(json) !== sum) throw damagedFile(path, 'it is cut or garbled')
	const parsed = shape.safeParse(JSON.parse(decryptJson(json, cipher)))
	if (!parsed.success) throw damagedFile(path, 'it has not the shape it should have', parsed.error)
	return parsed.data
}

// Encrypted text has no character that JSON would escape.
function encryptJson(json: string, cipher: Cipher): string {
	const text = cipher.encrypt(json)
	return isEncrypted(text) ? `"${text}"` : text
}

function decryptJson(json: string, cipher: Cipher): string {
	const text = json.slice(1, -1)
	return cipher.decrypt(isEncrypted(text) ? text : json)
}

function digest(text: string) {
	return createHash('sha256').update(text).digest('hex')
}
