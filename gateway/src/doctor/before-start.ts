import { examineSettings } from '../config/read-config.ts'
import type { WhatsAppServer } from '../session/connection/network.ts'
import type { Config } from '../config/settings.ts'
import type { PlaceCipher } from '../storage/json/encryption.ts'
import type { Cipher } from '../storage/json/record-line.ts'
import type { CheckContext } from './check.ts'
import { thisMachine } from './machine.ts'
import { readStoredRows, readStoredState } from './stored-state.ts'

export type BeforeStartOptions = {
	env: NodeJS.ProcessEnv
	argv: string[]
	/** What else cannot be used, of settings that can be read. */
	problemsOf(config: Config): string[]
	/** @throws ConfigError */
	whatsapp(config: Config): Promise<WhatsAppServer>
	/** @throws StateKeyError */
	cipher(config: Config): Promise<Cipher>
	/** Of rows in a database. @throws StateKeyError */
	placeCipher(config: Config): Promise<PlaceCipher | undefined>
}

/** What checks look at before a gateway starts, or beside one that runs. */
export function beforeStart({ env, argv, ...options }: BeforeStartOptions): CheckContext {
	// The word is that of the command.
	const { config, problems, unusable } = examineSettings(env, argv, 1)
	return {
		config,
		unusable,
		settingProblems: [...problems, ...options.problemsOf(config)],
		machine: { ...thisMachine(), env },
		whatsapp: async () => (config.SANDBOX === true ? 'built-in' : options.whatsapp(config)),
		stored: async () =>
			config.STATE_URL === undefined
				? readStoredState(config.DATA_DIR, await options.cipher(config))
				: readStoredRows(config.STATE_URL, await options.placeCipher(config)),
		running: undefined,
	}
}
