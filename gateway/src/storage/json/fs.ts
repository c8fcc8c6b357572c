import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'

/** The text of a file, or undefined when there is none. Every other failure is thrown. */
export async function readIfThere(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, 'utf8')
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
		throw error
	}
}

/** Makes a directory, and those above it, readable by nobody else. */
export async function makePrivateDirectory(path: string): Promise<void> {
	await mkdir(path, { recursive: true, mode: 0o700 })
}

export async function syncDirectory(path: string) {
	const directory = await open(path, 'r')
	try {
		await directory.sync()
	} finally {
		await directory.close()
	}
}

/** The names of the documents in a directory; none if it is not there. */
export async function documentNamesIn(directory: string): Promise<string[]> {
	const files = await readdir(directory).catch(noneIfAbsent)
	return files.filter((file) => extname(file) === '.json').map((file) => basename(file, '.json'))
}

function noneIfAbsent(error: NodeJS.ErrnoException): [] {
	if (error.code === 'ENOENT') return []
	throw error
}
