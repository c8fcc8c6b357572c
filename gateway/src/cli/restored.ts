import { z } from 'zod'
import type { OwnFlagValues } from '../config/flags.ts'
import { ConfigError } from '../config/read-config.ts'
import type { Config } from '../config/settings.ts'
import type { Log } from '../log.ts'
import { markRestored } from '../session/mark-restored.ts'
import type { Storage } from '../storage/driver.ts'
import { refuseMovedDirectory } from '../storage/move/directory.ts'
import { jsonStorage } from '../storage/json/index.ts'
import { cipherOf, databaseLost, placeCipherOf, storageReports } from './storage.ts'
import { print } from './terminal.ts'

const flags = z.strictObject({ 'nothing-lost': z.boolean().optional() })

/** State that was put in its place, to be used from now on. */
type Restored = { storage: Storage; notePlace(): Promise<void> }

/**
 * `whatsapp-gateway restored`: the state was restored from a backup. Sessions stay linked, and begin anew what has moved
 * on since. Killed at any moment, it can be run again.
 */
export async function restored(config: Config, log: Log, given: OwnFlagValues): Promise<void> {
	const { data } = flags.safeParse(given)
	if (!data) throw new ConfigError('whatsapp-gateway restored takes no words.')
	const { storage, notePlace } = await openRestored(config, log)
	try {
		const isCurrent = data['nothing-lost'] === true
		const count = isCurrent ? 0 : await markRestored(storage, log)
		await notePlace()
		print(isCurrent ? 'The gateway starts here from now on.' : textOf(count))
	} finally {
		await storage.close()
	}
}

async function openRestored(config: Config, log: Log): Promise<Restored> {
	const { DATA_DIR, STATE_URL } = config
	if (STATE_URL !== undefined) {
		const { openRestored } = await import('../storage/postgres/index.ts')
		const cipher = await placeCipherOf(config)
		return openRestored(STATE_URL, { cipher, onLost: databaseLost(log) })
	}
	await refuseMovedDirectory(DATA_DIR)
	const cipher = await cipherOf(config)
	const storage = await jsonStorage(DATA_DIR, { cipher, ...storageReports(log) })
	return { storage, notePlace: async () => {} }
}

const textOf = (count: number) =>
	`${count} sessions begin their encryption anew at the next start. No QR is needed. Never start the gateway on the state that this is a copy of.`
