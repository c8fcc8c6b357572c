import type { OwnFlags, OwnFlagValues } from '../config/flags.ts'
import type { Config } from '../config/settings.ts'
import type { Log } from '../log.ts'

type Command = {
	/** How many words may follow its name. */
	operands: number
	/** Flags of its own, besides those of the settings. */
	flags?: OwnFlags
	run(config: Config, log: Log, operands: string[], flags: OwnFlagValues): Promise<void>
}

/** What `whatsapp-gateway` does, by the word on its command line; `serve` if there is none. */
export const commands: Record<string, Command> = {
	serve: {
		operands: 0,
		run: async (config, log) => (await import('./serve.ts')).serve(config, log),
	},
	import: {
		operands: 2,
		flags: {
			database: { type: 'string' },
			redis: { type: 'string' },
			'redis-prefix': { type: 'string' },
			files: { type: 'string' },
			sessions: { type: 'string' },
			only: { type: 'string', multiple: true },
			'dry-run': { type: 'boolean' },
			'without-webhooks': { type: 'boolean' },
			force: { type: 'boolean' },
		},
		run: async (config, log, operands, flags) =>
			(await import('./import.ts')).importSessions(config, log, operands, flags),
	},
	covers: {
		operands: 1,
		flags: { url: { type: 'string' }, key: { type: 'string' } },
		run: async (_config, _log, [system], flags) =>
			(await import('./covers/index.ts')).covers(system, flags),
	},
	backup: {
		operands: 1,
		run: async (config, _, operands) => (await import('./backup.ts')).backup(config, operands),
	},
	migrate: {
		operands: 0,
		flags: { from: { type: 'string' }, to: { type: 'string' } },
		run: async (config, log, _, flags) =>
			(await import('./migrate.ts')).migrate(config, log, flags),
	},
	restored: {
		operands: 0,
		flags: { 'nothing-lost': { type: 'boolean' } },
		run: async (config, log, _, flags) =>
			(await import('./restored.ts')).restored(config, log, flags),
	},
	rekey: {
		operands: 0,
		run: async (config, log) => (await import('./rekey.ts')).rekey(config, log),
	},
}

/** The flags of all commands, to tell their values from words before the command is known. */
export const flagsOfCommands: OwnFlags = Object.assign(
	{},
	...Object.values(commands).map(({ flags }) => flags),
)
