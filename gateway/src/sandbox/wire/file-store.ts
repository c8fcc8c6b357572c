import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, type ReadStream } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { hashing } from './media-cipher.ts'

export type Digest = { sha256: Buffer; size: number }

/** Files of any size in a directory. None passes through memory whole, and none is there half. */
export class FileStore {
	readonly #directory: string

	constructor(directory: string) {
		this.#directory = directory
		mkdirSync(directory, { recursive: true, mode: 0o700 })
	}

	/**
	 * Takes in a file under the name that `nameOf` gives it.
	 * @param nameOf throws if the file is not to be kept
	 */
	async keep(
		bytes: AsyncIterable<Uint8Array>,
		nameOf: (digest: Digest) => string,
	): Promise<Digest> {
		const part = join(this.#directory, `${randomBytes(8).toString('hex')}.part`)
		const hash = createHash('sha256')
		try {
			await pipeline(hashing(bytes, hash), createWriteStream(part, { mode: 0o600 }))
			const digest = { sha256: hash.digest(), size: (await stat(part)).size }
			await rename(part, join(this.#directory, nameOf(digest)))
			return digest
		} finally {
			await rm(part, { force: true })
		}
	}

	/** @returns undefined if there is no such file */
	async size(name: string): Promise<number | undefined> {
		return (await stat(join(this.#directory, name)).catch(() => undefined))?.size
	}

	/** @param range its first and its last byte */
	read(name: string, range: { start?: number; end?: number } = {}): ReadStream {
		return createReadStream(join(this.#directory, name), range)
	}

	remove(name: string): Promise<void> {
		return rm(join(this.#directory, name), { force: true })
	}

	/** The names of all files. */
	names(): Promise<string[]> {
		return readdir(this.#directory)
	}
}
