import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Storage } from '../driver.ts'
import { durableFile } from './adapter.ts'
import { openDocument } from './document.ts'
import { makePrivateDirectory, removeTemporaries } from './files.ts'
import { openJournal, type JournalOptions } from './journal.ts'
import { lockDirectory } from './lock.ts'

/**
 * State as JSON files under one directory, which is locked while it is open.
 * @param onLost called when another process took the directory away; stop writing at once
 * @param onCut told when what a crash left half written was cut off the end of a journal
 */
export async function jsonStorage(
	root: string,
	onLost: (error: Error) => void,
	onCut?: JournalOptions['onCut'],
): Promise<Storage> {
	await makePrivateDirectory(root)
	const unlock = await lockDirectory(root, onLost)
	const fileOf = (name: string) => join(root, `${name}.json`)
	return {
		async document(name, initial, shape) {
			await makePrivateDirectory(dirname(fileOf(name)))
			await removeTemporaries(dirname(fileOf(name)))
			return openDocument(durableFile(fileOf(name), shape), initial)
		},
		state: (name, initial) => openJournal(join(root, name), { initial, onCut }),
		async remove(name) {
			await rm(fileOf(name), { force: true })
			await rm(join(root, name), { recursive: true, force: true })
		},
		close: unlock,
	}
}
