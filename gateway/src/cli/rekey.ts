import type { Config } from '../config/settings.ts'
import type { Log } from '../log.ts'
import { cipherFor, placeCipherFor, plaintext, rekeyingCipher } from '../storage/json/encryption.ts'
import { rekeyState } from '../storage/json/rekey.ts'
import { cipherOf, databaseLost, placeCipherOf, storageReports } from './storage.ts'
import { print } from './terminal.ts'

/** `whatsapp-gateway rekey`: encrypts the state with `STATE_KEY`, changes the key, or decrypts the state. */
export async function rekey(config: Config, log: Log): Promise<void> {
	const { DATA_DIR, STATE_URL } = config
	const count = STATE_URL ? await rekeyRows(STATE_URL, config, log) : await rekeyFiles(config, log)
	const isEncrypted = config.STATE_KEY !== undefined || config.STATE_KEY_FILE !== undefined
	const how = isEncrypted ? 'encrypted with the STATE_KEY given now' : 'without encryption'
	const where = STATE_URL ? 'the database behind STATE_URL' : DATA_DIR
	print(`${count} parts of the state in ${where} were rewritten ${how}.`)
}

async function rekeyFiles(config: Config, log: Log): Promise<number> {
	const { DATA_DIR, OLD_STATE_KEY } = config
	const from = OLD_STATE_KEY ? cipherFor(OLD_STATE_KEY) : plaintext
	return rekeyState(DATA_DIR, rekeyingCipher(await cipherOf(config), from), storageReports(log))
}

async function rekeyRows(url: string, config: Config, log: Log): Promise<number> {
	const { OLD_STATE_KEY } = config
	const from = OLD_STATE_KEY ? placeCipherFor(OLD_STATE_KEY) : undefined
	const { rekeyDatabase } = await import('../storage/postgres/rekey.ts')
	return rekeyDatabase(url, { to: await placeCipherOf(config), from }, databaseLost(log))
}
