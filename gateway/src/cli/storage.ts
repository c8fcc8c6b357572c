import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/driver.ts'
import { hasState, refuseMovedDirectory } from '../storage/move/directory.ts'
import {
	cipherFor,
	placeCipherFor,
	plaintext,
	readKeyFile,
	type PlaceCipher,
} from '../storage/json/encryption.ts'
import { makePrivateDirectory } from '../storage/json/fs.ts'
import { jsonStorage, type JsonStorageOptions } from '../storage/json/index.ts'
import { lockDirectory } from '../storage/json/lock.ts'
import type { Cipher } from '../storage/json/record-line.ts'

/**
 * Opens all state: the database of `STATE_URL`, or else `DATA_DIR`.
 * @throws LockedError, DamagedError, StateKeyError, UnfitDatabaseError, NewerFormatError, MoveError
 */
export async function openStorage(config: Config, log: Log): Promise<Storage> {
	const { DATA_DIR, STATE_URL } = config
	if (STATE_URL !== undefined) return openDatabaseState(config, STATE_URL, log)
	await refuseMovedDirectory(DATA_DIR)
	return jsonStorage(DATA_DIR, { cipher: await cipherOf(config), ...storageReports(log) })
}

/** Files that only this process knows are in `DATA_DIR` all the same: it is locked as well. */
async function openDatabaseState(config: Config, url: string, log: Log): Promise<Storage> {
	const cipher = await placeCipherOf(config)
	const { onLost } = storageReports(log)
	const { postgresStorage } = await import('../storage/postgres/index.ts')
	if (await hasState(config.DATA_DIR))
		log.warn(
			`the state in ${config.DATA_DIR} is not used, as STATE_URL is set: whatsapp-gateway migrate --to URL moves it`,
		)
	const release = await lockFiles(config.DATA_DIR, onLost)
	try {
		const storage = await postgresStorage(url, { cipher, onLost: databaseLost(log) })
		return { ...storage, close: () => storage.close().finally(release) }
	} catch (error) {
		await release()
		throw error
	}
}

async function lockFiles(root: string, onLost: (error: Error) => void) {
	await makePrivateDirectory(root)
	return (await lockDirectory(root, onLost)).release
}

/** Ends the process when another one has taken the database over. */
export const databaseLost = (log: Log) => (err: Error) => {
	log.fatal({ err }, 'the database behind STATE_URL is lost')
	process.exit(70)
}

/** Callbacks of the storage: a repair is logged; the loss of `DATA_DIR` ends the process. */
export function storageReports(
	log: Log,
): Pick<JsonStorageOptions, 'onLost' | 'onCut' | 'onCompactionFailed'> {
	return {
		onLost(err) {
			// Any further write would be lost, or would be made to what another process owns.
			log.fatal({ err }, 'DATA_DIR is lost')
			process.exit(70)
		},
		onCut: (cut) => log.warn(cut, 'cut off a commit that a crash had interrupted'),
		onCompactionFailed: (err) =>
			log.warn({ err }, 'state not compacted: nothing is lost, and it is tried again'),
	}
}

/** The cipher of the configured key; `plaintext` without one. @throws StateKeyError */
export async function cipherOf(config: Config): Promise<Cipher> {
	const key = await keyOf(config)
	return key ? cipherFor(key) : plaintext
}

/** The cipher of the configured key for rows of a database, if there is one. @throws StateKeyError */
export async function placeCipherOf(config: Config): Promise<PlaceCipher | undefined> {
	const key = await keyOf(config)
	return key ? placeCipherFor(key) : undefined
}

const keyOf = async ({ STATE_KEY, STATE_KEY_FILE }: Config) =>
	STATE_KEY ?? (STATE_KEY_FILE && (await readKeyFile(STATE_KEY_FILE)))
