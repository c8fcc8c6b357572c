import { ConfigError } from '../config/read-config.ts'
import type { Config } from '../config/settings.ts'
import { backUp } from '../storage/json/backup.ts'
import { print } from './terminal.ts'

/** `whatsapp-gateway backup DIR`: copies all state, also while the gateway runs. */
export async function backup(
	{ DATA_DIR, STATE_URL }: Config,
	[directory]: string[],
): Promise<void> {
	if (STATE_URL !== undefined)
		throw new ConfigError(
			'With STATE_URL the state is in a database: copy that with pg_dump, or with what else you back up PostgreSQL.',
		)
	if (!directory)
		throw new ConfigError('Name a new directory for the copy: whatsapp-gateway backup DIR')
	const { files, bytes } = await backUp(DATA_DIR, directory)
	print(`${files} files of ${DATA_DIR} (${bytes} bytes) were copied to ${directory}.`)
}
