import { existsSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { createLog, logOutput, type Log } from '../log.ts'
import { fail } from './errors.ts'
import { print } from './terminal.ts'

/**
 * The command `whatsapp-gateway`: serves, or runs `doctor`, `import`, `rekey` or `backup`. Resolves when the gateway listens.
 * Each loads what it needs: all of the gateway takes a second.
 * @param argv the arguments after the program's name
 */
export async function run(argv: string[]): Promise<void> {
	if (existsSync('.env')) process.loadEnvFile('.env')
	if (argv.includes('--help') || argv.includes('-h'))
		return print((await import('./help.ts')).helpText())
	if (argv[0] === 'doctor')
		return void (process.exitCode = await (await import('./doctor.ts')).doctor(argv.slice(1)))
	const [command, ...rest] = ['import', 'rekey', 'backup'].includes(argv[0]!) ? argv : ['', ...argv]
	const config = readConfig(process.env, command ? [] : rest)
	if (command === 'backup') return (await import('./backup.ts')).backup(config, rest)
	const log = createLog(config.LOG_LEVEL, logOutput(config.LOG_FORMAT))
	if (command === 'rekey') return (await import('./rekey.ts')).rekey(config, log)
	surviveBaileys(log)
	surviveFileLimit()
	if (command === 'import') return (await import('./import.ts')).importSession(config, log, rest)
	return (await import('./serve.ts')).serve(config, log)
}

// Baileys does not await all of its queries: a missing reply or a closed socket then rejects unhandled. That is no
// reason to exit. Any other unhandled rejection is our bug, and to continue could damage the state.
function surviveBaileys(log: Log) {
	process.on('unhandledRejection', (error) => {
		const isFromBaileys = (error as { isBoom?: boolean } | undefined)?.isBoom === true
		if (!isFromBaileys) fail(error as Error)
		log.warn({ err: error }, 'a query to WhatsApp failed')
	})
}

// A write beyond `ulimit -f` would end the process without a word; with a listener the write itself fails, with EFBIG.
function surviveFileLimit() {
	process.on('SIGXFSZ', () => {})
}
