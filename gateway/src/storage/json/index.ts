import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Storage } from '../driver.ts'
import { durableFile } from './durable-file.ts'
import { plaintext } from './encryption.ts'
import { openDocument } from './document.ts'
import { makePrivateDirectory, removeTemporaries } from './fs.ts'
import { openJournal, type JournalOptions } from './journal.ts'
import type { Cipher } from './record-line.ts'
import { lockDirectory } from './lock.ts'

export type JsonStorageOptions = {
	/** Another process took the directory away: stop writing at once. */
	onLost(error: Error): void
	/** What a crash left half written was cut off the end of a journal. */
	onCut?: JournalOptions['onCut']
	/** Keeps everything encrypted. */
	cipher?: Cipher | undefined
}

/** State as JSON files under one directory, which is locked while it is open. */
export async function jsonStorage(root: string, options: JsonStorageOptions): Promise<Storage> {
	const { onLost, onCut, cipher = plaintext } = options
	await makePrivateDirectory(root)
	const unlock = await lockDirectory(root, onLost)
	const fileOf = (name: string) => join(root, `${name}.json`)
	return {
		async document(name, initial, shape) {
			await makePrivateDirectory(dirname(fileOf(name)))
			await removeTemporaries(dirname(fileOf(name)))
			return openDocument(durableFile(fileOf(name), shape, cipher), initial)
		},
		state: (name, initial) => openJournal(join(root, name), { initial, onCut, cipher }),
		async remove(name) {
			await rm(fileOf(name), { force: true })
			await rm(join(root, name), { recursive: true, force: true })
		},
		close: unlock,
	}
}
