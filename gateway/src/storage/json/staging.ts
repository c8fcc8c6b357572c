import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncDirectory } from './fs.ts'

/**
 * Where files come into being and vanish: a new file is written here and then moved to its place, an old one is moved
 * here and then deleted. A process that takes over `DATA_DIR` removes the staging directories of its predecessors, so that one
 * of them that wakes up late can change no name any more: every move fails.
 */
export type Staging = {
	directory: string
	/** Whether it is there. If not, another process has taken `DATA_DIR` over. Costs some microseconds. */
	isThere(): boolean
	/** A path for a new file, which is to be moved to its place. */
	newPath(): string
	/** Moves a file from here to its place, and makes that durable. */
	place(from: string, to: string): Promise<void>
	/** Writes a file. A crash or a power cut leaves either the old text or the new one. */
	write(path: string, text: string): Promise<void>
	/** Deletes a file, or a directory with all that is in it, if it is there. */
	discard(path: string): Promise<void>
}

/** Makes a staging directory, unless it is there. */
export async function openStaging(directory: string): Promise<Staging> {
	await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw error
	})
	const newPath = () => join(directory, randomBytes(8).toString('hex'))

	async function place(from: string, to: string) {
		await rename(from, to)
		// The new name itself is only durable once its directory is.
		await syncDirectory(dirname(to))
	}

	return {
		directory,
		isThere: () => existsSync(directory),
		newPath,
		place,
		async write(path, text) {
			const temporary = newPath()
			try {
				await writeAndSync(temporary, text)
				await place(temporary, path)
			} catch (error) {
				await rm(temporary, { force: true })
				throw error
			}
		},
		async discard(path) {
			const grave = newPath()
			try {
				await rename(path, grave)
			} catch (error) {
				if (!isAbsent(error)) throw error
				// The file is not there, or the staging directory: the latter is an error.
				await stat(directory)
				return
			}
			await rm(grave, { recursive: true, force: true })
		},
	}
}

const isAbsent = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

async function writeAndSync(path: string, text: string) {
	const file = await open(path, 'wx', 0o600)
	try {
		await file.writeFile(text)
		await file.sync()
	} finally {
		await file.close()
	}
}
