import { dirname, join } from 'node:path'
import { isSystemError } from '../../errors.ts'
import type { Storage } from '../driver.ts'
import { durableFile } from './durable-file.ts'
import { plaintext } from './encryption.ts'
import { openDocument } from './document.ts'
import { documentNamesIn, makePrivateDirectory } from './fs.ts'
import { takeDirectory } from './directory.ts'
import type { Cipher } from './record-line.ts'
import type { StateOptions } from './state-options.ts'
import { openStateStore } from './state-store.ts'
import { storageFailed } from './storage-failed.ts'

export type JsonStorageOptions = Pick<StateOptions, 'onCut' | 'onCompactionFailed'> & {
	/** The directory is not ours any more: stop writing at once. */
	onLost(error: Error): void
	/** Keeps everything encrypted. */
	cipher?: Cipher | undefined
}

/** State as files under one directory, which is locked while it is open. */
export async function jsonStorage(root: string, options: JsonStorageOptions): Promise<Storage> {
	const { onLost, onCut, onCompactionFailed, cipher = plaintext } = options
	const { staging, release } = await openRoot(root, onLost)
	const fileOf = (name: string) => join(root, `${name}.json`)
	return {
		async document(name, initial, shape) {
			await makePrivateDirectory(dirname(fileOf(name)))
			return openDocument(durableFile(fileOf(name), shape, { staging, cipher }), initial)
		},
		async state(name, initial) {
			const own = { initial, staging, onCut, onCompactionFailed, cipher }
			return openStateStore(join(root, name), own).catch((error: unknown) => {
				throw isSystemError(error) ? storageFailed(error, 'The state could not be opened') : error
			})
		},
		letGo() {},
		documentsIn: (name) => documentNamesIn(join(root, name)),
		async remove(name) {
			await staging.discard(join(root, name))
			await staging.discard(fileOf(name))
		},
		close: release,
	}
}

async function openRoot(root: string, onLost: (error: Error) => void) {
	try {
		await makePrivateDirectory(root)
		return await takeDirectory(root, onLost)
	} catch (error) {
		throw isSystemError(error) ? storageFailed(error, `${root} cannot be used`) : error
	}
}
