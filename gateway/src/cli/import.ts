import { createGateway } from '../app.ts'
import { ConfigError, type Config } from '../config.ts'
import type { Log } from '../log.ts'
import { readBaileysAuth } from '../session/import-baileys/index.ts'
import { openStorage } from './storage.ts'
import { print } from './terminal.ts'

/** `whatsapp-gateway import DIR [SESSION]`: takes over a device that another Baileys program has linked. */
export async function importSession(config: Config, log: Log, argv: string[]): Promise<void> {
	const [directory, id = 'main'] = argv
	if (!directory)
		throw new ConfigError('Name the directory to import: whatsapp-gateway import DIR [SESSION]')
	const storage = await openStorage(config, log)
	try {
		const skipped = (file: string, why: unknown) => log.warn({ file, why: String(why) }, 'skipped')
		const changes = await readBaileysAuth(directory, skipped)
		const gateway = await createGateway({ config, storage, whatsapp: {}, log })
		await gateway.sessions.adopt(id, changes)
		print(
			`Imported as session ${id}. Start the gateway. Never again start the program that used ${directory}.`,
		)
	} finally {
		await storage.close()
	}
}
