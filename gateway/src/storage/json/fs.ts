import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** The text of a file, or undefined when there is none. Every other failure is thrown. */
export async function readIfThere(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, 'utf8')
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
		throw error
	}
}

/** Replaces a file so that a crash or a power cut leaves either the old text or the new one. */
export async function writeDurably(path: string, text: string): Promise<void> {
	const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
	try {
		await writeAndSync(temporary, text)
		await rename(temporary, path)
	} catch (error) {
		await rm(temporary, { force: true })
		throw error
	}
	// The new name itself is only durable once its directory is.
	await syncDirectory(dirname(path))
}

/** Makes a directory, and those above it, readable by nobody else. */
export async function makePrivateDirectory(path: string): Promise<void> {
	await mkdir(path, { recursive: true, mode: 0o700 })
}

/** Moves a file and makes that durable. */
export async function moveDurably(from: string, to: string): Promise<void> {
	await rename(from, to)
	await syncDirectory(dirname(to))
}

/** Removes what a crash left behind in the middle of a write. */
export async function removeTemporaries(directory: string): Promise<void> {
	const names = await readdir(directory)
	const leftovers = names.filter((name) => name.startsWith('.') && name.endsWith('.tmp'))
	await Promise.all(leftovers.map((name) => rm(join(directory, name), { force: true })))
}

async function writeAndSync(path: string, text: string) {
	const file = await open(path, 'wx', 0o600)
	try {
		await file.writeFile(text)
		await file.sync()
	} finally {
		await file.close()
	}
}

export async function syncDirectory(path: string) {
	const directory = await open(path, 'r')
	try {
		await directory.sync()
	} finally {
		await directory.close()
	}
}
