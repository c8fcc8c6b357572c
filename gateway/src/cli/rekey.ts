import { ConfigError, type Config } from '../config.ts'
import type { Log } from '../log.ts'
import { cipherFor, plaintext, rekeyingCipher } from '../storage/json/encryption.ts'
import { rekeyState } from '../storage/json/rekey.ts'
import { cipherOf, storageReports } from './storage.ts'
import { print } from './terminal.ts'

/** `whatsapp-gateway rekey`: encrypts the state with `STATE_KEY`, changes the key, or decrypts the state. */
export async function rekey(config: Config, log: Log): Promise<void> {
	const { DATA_DIR, OLD_STATE_KEY } = config
	if (config.STATE_URL !== undefined)
		throw new ConfigError('The key of state in a database cannot be changed yet.')
	const to = await cipherOf(config)
	const from = OLD_STATE_KEY ? cipherFor(OLD_STATE_KEY) : plaintext
	const count = await rekeyState(DATA_DIR, rekeyingCipher(to, from), storageReports(log))
	const how = to === plaintext ? 'without encryption' : 'encrypted with the STATE_KEY given now'
	print(`${count} parts of the state in ${DATA_DIR} were rewritten ${how}.`)
}
