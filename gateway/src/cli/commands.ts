import type { Config } from '../config.ts'
import type { Log } from '../log.ts'

type Command = {
	/** How many words may follow its name. */
	operands: number
	run(config: Config, log: Log, operands: string[]): Promise<void>
}

/** What `whatsapp-gateway` does, by the word on its command line; `serve` if there is none. */
export const commands: Record<string, Command> = {
	serve: {
		operands: 0,
		run: async (config, log) => (await import('./serve.ts')).serve(config, log),
	},
	import: {
		operands: 2,
		run: async (config, log, operands) =>
			(await import('./import.ts')).importSession(config, log, operands),
	},
	backup: {
		operands: 1,
		run: async (config, _, operands) => (await import('./backup.ts')).backup(config, operands),
	},
	rekey: {
		operands: 0,
		run: async (config, log) => (await import('./rekey.ts')).rekey(config, log),
	},
}
