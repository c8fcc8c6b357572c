import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'

/** What was found, or undefined when there is no such file. Every other failure is thrown. */
export async function ifThere<T>(looking: Promise<T>): Promise<T | undefined> {
	try {
		return await looking
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
		throw error
	}
}

/** The text of a file, or undefined when there is none. Every other failure is thrown. */
export const readIfThere = (path: string): Promise<string | undefined> =>
	ifThere(readFile(path, 'utf8'))

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
	const files = (await ifThere(readdir(directory))) ?? []
	return files.filter((file) => extname(file) === '.json').map((file) => basename(file, '.json'))
}
