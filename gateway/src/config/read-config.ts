import { z } from 'zod'
import { plainly } from '../lib/plain-issues.ts'
import { readFlags, type OwnFlags } from './flags.ts'
import { rules } from './rules.ts'
import { isSecret, settings, type Config } from './settings.ts'

/** A setting that cannot be used; the message says which, and what to do. */
export class ConfigError extends Error {
	override name = 'ConfigError'
}

/**
 * Reads the settings from the environment and from flags (`--port 3001`, `--data-dir DIR`, `--sandbox`,
 * `--sandbox=URL`); a flag wins.
 * @param words how many words besides flags `argv` may have
 * @param own flags of a command, which are no settings
 * @throws ConfigError when one of them cannot be used
 */
export function readConfig(
	env: NodeJS.ProcessEnv,
	argv: string[] = [],
	words = 0,
	own: OwnFlags = {},
): Config {
	const { config, problems } = examineSettings(env, argv, words, own)
	if (problems.length) throw new ConfigError(problems.join('\n'))
	return config
}

/**
 * Reads the settings as `readConfig` does. Those that cannot be used have their defaults.
 * @returns the settings, what is wrong: a sentence or two for each problem, and the names of those that cannot be used
 */
export function examineSettings(
	env: NodeJS.ProcessEnv,
	argv: string[] = [],
	words = 0,
	own: OwnFlags = {},
): { config: Config; problems: string[]; unusable: ReadonlySet<string> } {
	const flags = readFlags(argv, words, own)
	const given = { ...withoutEmpty(env), ...flags.values }
	const { data, error } = settings.safeParse(given)
	const unusable = new Set(error?.issues.map(({ path }) => String(path[0])))
	const config = data ?? settings.parse(without(unusable, given))
	const broken = rules.filter(({ of }) => !of.some((name) => unusable.has(name)))
	return {
		config,
		unusable,
		problems: [
			...flags.problems,
			...(error ? explained(error, given) : []),
			...broken.flatMap(({ wrongWith }) => wrongWith(config) ?? []),
		],
	}
}

function without(names: Set<string>, given: Record<string, unknown>) {
	return Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name)))
}

/** A line for each setting that cannot be used. What may be a secret is not repeated. */
function explained({ issues }: z.ZodError, given: Record<string, unknown>): string[] {
	return issues.map(({ path, message }) => {
		const name = String(path[0])
		const shown = isSecret(name) ? name : `${name}=${given[name]}`
		return `${shown} cannot be used: it ${plainly({ message })}. --help explains it.`
	})
}

// `PORT=` in a .env file means "not set".
function withoutEmpty(env: NodeJS.ProcessEnv) {
	return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
}
