import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/driver.ts'
import { cipherFor, plaintext, readKeyFile } from '../storage/json/encryption.ts'
import { jsonStorage, type JsonStorageOptions } from '../storage/json/index.ts'
import type { Cipher } from '../storage/json/record-line.ts'

/** Opens `DATA_DIR`. @throws LockedError, DamagedError, StateKeyError */
export async function openStorage(config: Config, log: Log): Promise<Storage> {
	return jsonStorage(config.DATA_DIR, { cipher: await cipherOf(config), ...storageReports(log) })
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
export async function cipherOf({ STATE_KEY, STATE_KEY_FILE }: Config): Promise<Cipher> {
	const key = STATE_KEY ?? (STATE_KEY_FILE && (await readKeyFile(STATE_KEY_FILE)))
	return key ? cipherFor(key) : plaintext
}
