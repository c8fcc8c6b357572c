import { hostname } from 'node:os'
import { isClustered } from '../config/rules.ts'
import type { Config } from '../config/settings.ts'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/driver.ts'
import type { Membership } from '../storage/membership.ts'
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

/** All state, and what there is of a database that several gateways share. */
export type OpenedState = { storage: Storage; membership?: Membership }

/**
 * Opens all state as `openStorage` does; with `CLUSTER_KEY` as one of several gateways over the database.
 * @throws what `openStorage` throws
 */
export async function openState(config: Config, log: Log): Promise<OpenedState> {
	const { STATE_URL, NODE_ADDRESS, NODE_NAME } = config
	if (!isClustered(config)) return { storage: await openStorage(config, log) }
	const cipher = await placeCipherOf(config)
	const { sharedPostgresStorage } = await import('../storage/postgres/index.ts')
	const node = { name: NODE_NAME ?? hostname(), address: NODE_ADDRESS! }
	return withLockedFiles(config, log, async () => {
		const { storage, membership } = await sharedPostgresStorage(STATE_URL!, { cipher, ...node })
		return { storage, membership }
	})
}

/** Files that only this process knows are in `DATA_DIR` all the same: it is locked as well. */
async function openDatabaseState(config: Config, url: string, log: Log): Promise<Storage> {
	const cipher = await placeCipherOf(config)
	const { postgresStorage } = await import('../storage/postgres/index.ts')
	if (await hasState(config.DATA_DIR))
		log.warn(
			`the state in ${config.DATA_DIR} is not used, as STATE_URL is set: whatsapp-gateway migrate --to URL moves it`,
		)
	const { storage } = await withLockedFiles(config, log, async () => ({
		storage: await postgresStorage(url, { cipher, onLost: databaseLost(log) }),
	}))
	return storage
}

async function withLockedFiles<T extends OpenedState>(
	{ DATA_DIR }: Config,
	log: Log,
	open: () => Promise<T>,
): Promise<T> {
	const release = await lockFiles(DATA_DIR, storageReports(log).onLost)
	try {
		const state = await open()
		const { storage } = state
		return { ...state, storage: { ...storage, close: () => storage.close().finally(release) } }
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

/** Ends the process when another one has the database for itself. */
export const expelled = (log: Log) => (err: Error) => {
	log.fatal({ err }, 'this gateway cannot be one of several any more')
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
