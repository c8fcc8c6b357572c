import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGateway, type Gateway } from '../app.ts'
import type { OwnFlagValues } from '../config/flags.ts'
import { ConfigError } from '../config/read-config.ts'
import type { Config } from '../config/settings.ts'
import type { Log } from '../log.ts'
import { readBaileysAuth } from '../session/import-baileys/index.ts'
import { foreignSystems, importForeign, type WithGateway } from './import-foreign.ts'
import { openStorage } from './storage.ts'
import { print } from './terminal.ts'

/**
 * `whatsapp-gateway import DIR [SESSION]`: takes over a device that another Baileys program has linked.
 * `whatsapp-gateway import evolution` and `import waha`: takes over the sessions of another system.
 */
export async function importSessions(
	config: Config,
	log: Log,
	operands: string[],
	flags: OwnFlagValues,
): Promise<void> {
	const [from, id = 'main'] = operands
	if (from === undefined)
		throw new ConfigError(
			'Name the directory to import: whatsapp-gateway import DIR [SESSION]. For evolution and waha see --help.',
		)
	const withGateway: WithGateway = (act) => opened(config, log, act)
	const look: WithGateway = (act) => lookedAt(config, log, act)
	if (Object.hasOwn(foreignSystems, from))
		return importForeign(operands, flags, { withGateway, look })
	const [flag] = Object.keys(flags)
	if (flag) throw new ConfigError(`import DIR takes no --${flag}. See --help.`)
	await importDirectory(from, id, log, withGateway)
}

async function importDirectory(directory: string, id: string, log: Log, withGateway: WithGateway) {
	const skipped = (file: string, why: unknown) => log.warn({ file, why: String(why) }, 'skipped')
	const changes = await readBaileysAuth(directory, skipped)
	await withGateway(async ({ sessions }) => void (await sessions.adopt(id, changes)))
	print(
		`Imported as session ${id}. Start the gateway. Never again start the program that used ${directory}.`,
	)
}

/** As `opened`, but makes no DATA_DIR: where there is none, what would be a new gateway is looked at. */
async function lookedAt(config: Config, log: Log, act: Parameters<WithGateway>[0]) {
	const isThere = await stat(config.DATA_DIR).then(
		() => true,
		() => false,
	)
	if (isThere) return opened(config, log, act)
	const directory = await mkdtemp(join(tmpdir(), 'whatsapp-gateway-'))
	try {
		await opened({ ...config, DATA_DIR: directory }, log, act)
	} finally {
		await rm(directory, { recursive: true, force: true })
	}
}

/** Opens a gateway that connects no session, and closes it. @throws LockedError while another one runs */
async function opened(config: Config, log: Log, act: (gateway: Gateway) => Promise<void>) {
	const storage = await openStorage(config, log)
	const gateway = await createGateway({ config, storage, whatsapp: {}, log }).catch(
		async (error: unknown) => {
			await storage.close()
			throw error
		},
	)
	try {
		await act(gateway)
	} finally {
		await gateway.stop()
	}
}
