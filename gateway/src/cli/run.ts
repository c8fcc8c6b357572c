import { existsSync } from 'node:fs'
import { ownFlags, wordsOf } from '../config/flags.ts'
import { ConfigError, readConfig } from '../config/read-config.ts'
import { VERSION } from '../lib/version.ts'
import { createLog, logOutput, type Log } from '../log.ts'
import { commands, flagsOfCommands } from './commands.ts'
import { fail } from './errors.ts'
import { print } from './terminal.ts'

/**
 * The command `whatsapp-gateway`: serves, or does one of the `commands`. Resolves when the gateway listens. Each loads
 * what it needs: all of the gateway takes a second.
 * @param argv the arguments after the program's name
 */
export async function run(argv: string[]): Promise<void> {
	if (existsSync('.env')) process.loadEnvFile('.env')
	if (argv.includes('--help') || argv.includes('-h'))
		return print((await import('./help.ts')).helpText())
	if (argv.includes('--version')) return print(VERSION)
	const [name, ...operands] = wordsOf(argv, flagsOfCommands)
	if (name === 'doctor')
		return void (process.exitCode = await (await import('./doctor.ts')).doctor(argv))
	if (name !== undefined && !Object.hasOwn(commands, name))
		throw new ConfigError(`There is no command '${name}'. See --help.`)
	const command = commands[name ?? 'serve']!
	const { flags = {} } = command
	const words = name === undefined ? 0 : 1 + command.operands
	const config = readConfig(process.env, argv, words, flags)
	const log = createLog(config.LOG_LEVEL, logOutput(config.LOG_FORMAT))
	surviveBaileys(log)
	surviveFileLimit()
	return command.run(config, log, operands, ownFlags(argv, flags))
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
