import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { ConfigError } from '../config/read-config.ts'
import { shortKey } from '../config/rules.ts'
import type { Config } from '../config/settings.ts'
import { newApiKey } from '../lib/token.ts'
import { readKeyFile } from '../storage/json/encryption.ts'

/**
 * The configuration with the key of `ADMIN_KEY_FILE`, if that is set and `ADMIN_KEY` is not. A file that is not there
 * is made: whoever shares its directory has the key, and the log does not.
 * @throws ConfigError, StateKeyError
 */
export async function withAdminKey(config: Config, print: (text: string) => void): Promise<Config> {
	const { ADMIN_KEY, ADMIN_KEY_FILE: path } = config
	if (ADMIN_KEY !== undefined || path === undefined) return config
	if (!existsSync(path)) {
		await writeFile(path, `${newApiKey()}\n`, { mode: 0o600, flag: 'wx' }).catch((cause: Error) => {
			throw new ConfigError(
				`ADMIN_KEY_FILE=${path} is not there and cannot be made (${cause.message}).`,
				{ cause },
			)
		})
		print(`An API key with full access was made: it is in ${path}.`)
	}
	const withKey = { ...config, ADMIN_KEY: await readKeyFile(path, 'ADMIN_KEY_FILE') }
	const problem = shortKey(withKey)
	if (problem) throw new ConfigError(problem)
	return withKey
}
