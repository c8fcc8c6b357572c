import { z } from 'zod'
import type { OwnFlagValues } from '../config/flags.ts'
import { ConfigError } from '../config/read-config.ts'
import { isDatabaseUrl, type Config } from '../config/settings.ts'
import type { Log } from '../log.ts'
import { directorySide } from '../storage/move/directory.ts'
import { moveState } from '../storage/move/index.ts'
import type { MoveSide } from '../storage/move/side.ts'
import { cipherOf, databaseLost, placeCipherOf, storageReports } from './storage.ts'
import { print } from './terminal.ts'

const USAGE =
	'Say where the state is to go: whatsapp-gateway migrate --to postgresql://…, or back with migrate --from postgresql://… --to DIR'

const flags = z.strictObject({ from: z.string().optional(), to: z.string() })

/**
 * `whatsapp-gateway migrate --to URL` moves the state of `DATA_DIR` to a database, `migrate --from URL --to DIR` brings it
 * back to a directory. Killed at any moment, it can be run again.
 */
export async function migrate(config: Config, log: Log, given: OwnFlagValues): Promise<void> {
	const { data } = flags.safeParse(given)
	const from = data?.from ?? config.DATA_DIR
	if (!data || isDatabaseUrl(from) === isDatabaseUrl(data.to)) throw new ConfigError(USAGE)
	const source = await openSide(from, config, log)
	try {
		const target = await openSide(data.to, config, log)
		try {
			print(textOf(await moveState(source, target), source, target))
		} finally {
			await target.storage.close()
		}
	} finally {
		await source.storage.close()
	}
}

async function openSide(place: string, config: Config, log: Log): Promise<MoveSide> {
	if (!isDatabaseUrl(place))
		return directorySide(place, { cipher: await cipherOf(config), ...storageReports(log) })
	const { databaseSide } = await import('../storage/move/database.ts')
	return databaseSide(place, { cipher: await placeCipherOf(config), onLost: databaseLost(log) })
}

type Moved = Awaited<ReturnType<typeof moveState>>

function textOf(moved: Moved, { place }: MoveSide, target: MoveSide): string {
	const what =
		moved === 'finished'
			? `The move of the state to ${target.place}, which had been interrupted, is finished.`
			: `${moved.documents} documents and ${moved.states} states with ${moved.records} records were moved to ${target.place}.`
	const next = isDatabaseUrl(target.place)
		? 'Start the gateway with STATE_URL set to it.'
		: 'Start the gateway without STATE_URL, and with DATA_DIR set to it.'
	return `${what}\n${next} A gateway does not start on ${place} any more.`
}
