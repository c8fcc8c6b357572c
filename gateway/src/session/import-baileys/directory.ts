import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keyOfFile } from './file-name.ts'
import { ImportError } from './import-error.ts'
import { parseStored } from './parse-stored.ts'
import { damagedCreds, type StoredDevice, type StoredKey } from './stored-device.ts'

/** The device that a directory of Baileys' `useMultiFileAuthState` holds. @throws ImportError */
export async function deviceInDirectory(directory: string): Promise<StoredDevice> {
	const place = join(directory, 'creds.json')
	const creds = await readStored(place).catch((cause: unknown) => refuse(place, cause))
	return { place, creds, keys: await keysInDirectory(directory) }
}

/** The keys that lie as files in a directory, in the order of their names. */
export async function keysInDirectory(directory: string): Promise<StoredKey[]> {
	const files = (await readdir(directory)).sort()
	return files.flatMap((name) => {
		const key = keyOfFile(name)
		return key ? [{ ...key, name, read: () => readStored(join(directory, name)) }] : []
	})
}

function refuse(place: string, cause: unknown): never {
	const isMissing = ['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')
	if (!isMissing) throw damagedCreds(place, cause)
	throw new ImportError(
		`There is no ${place}. Give the directory that Baileys' useMultiFileAuthState was given.`,
		{ cause },
	)
}

async function readStored(path: string): Promise<unknown> {
	const text = await readFile(path, 'utf8')
	// An empty file is what a crash leaves of a key.
	if (!text.trim()) throw new SyntaxError('is empty')
	return parseStored(text)
}
