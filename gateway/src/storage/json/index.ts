import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Storage } from '../driver.ts'
import { durableFile } from './adapter.ts'
import { openDocument } from './document.ts'
import { makePrivateDirectory, moveDurably, removeTemporaries } from './files.ts'
import { lockDirectory } from './lock.ts'

/**
 * State as JSON files under one directory, which is locked while it is open.
 * @param onLost called when another process took the directory away; stop writing at once
 */
export async function jsonStorage(root: string, onLost: (error: Error) => void): Promise<Storage> {
	await makePrivateDirectory(root)
	const unlock = await lockDirectory(root, onLost)
	const fileOf = (name: string) => join(root, `${name}.json`)
	return {
		async document(name, initial, shape) {
			await makePrivateDirectory(dirname(fileOf(name)))
			await removeTemporaries(dirname(fileOf(name)))
			return openDocument(durableFile(fileOf(name), shape), initial)
		},
		async setAside(name, reason) {
			const stamp = new Date().toISOString().replaceAll(':', '-')
			await moveDurably(fileOf(name), join(root, `${name}.${reason}.${stamp}.json`))
		},
		async remove(name) {
			await rm(fileOf(name), { force: true })
			await rm(join(root, name), { recursive: true, force: true })
		},
		close: unlock,
	}
}
