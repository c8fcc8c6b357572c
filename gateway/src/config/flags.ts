import { parseArgs, type ParseArgsConfig } from 'node:util'
import { settings } from './settings.ts'

/** Flags of a command, besides those of the settings. */
export type OwnFlags = NonNullable<ParseArgsConfig['options']>

export type OwnFlagValues = Record<string, unknown>

const ONE_TEXT = { type: 'string' } as const

/** What stands on a command line besides flags and their values: a command and what it is about. */
export function wordsOf(argv: string[], own: OwnFlags = {}): string[] {
	return parseArgs({ ...asFlags(argv, own), strict: false }).positionals
}

/** The values of a command's own flags on a command line. */
export function ownFlags(argv: string[], own: OwnFlags): OwnFlagValues {
	const { values } = parseArgs({ ...asFlags(argv, own), strict: false })
	return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(own, name)))
}

/**
 * The settings that a command line gives as flags, and what is wrong with it.
 * @param words how many words besides flags it may have
 */
export function readFlags(argv: string[], words: number, own: OwnFlags) {
	try {
		const { values, positionals } = parseArgs(asFlags(argv, own))
		const given = Object.entries(values)
			.filter(([name]) => !Object.hasOwn(own, name))
			.map(([name, value]) => [toSetting(name), String(value)])
		const problems = positionals
			.slice(words)
			.map((word) => `Unexpected argument '${word}'. See --help.`)
		return { values: Object.fromEntries(given) as Record<string, string>, problems }
	} catch (error) {
		return { values: {}, problems: [`${(error as Error).message.split('. ')[0]}. See --help.`] }
	}
}

function asFlags(argv: string[], own: OwnFlags) {
	const names = Object.keys(settings.shape).map((name) => name.toLowerCase().replaceAll('_', '-'))
	return {
		// node:util knows no flag with an optional value.
		args: argv.map((word) => (word === '--sandbox' ? '--sandbox=1' : word)),
		options: { ...own, ...Object.fromEntries(names.map((name) => [name, ONE_TEXT])) },
		allowPositionals: true,
	}
}

function toSetting(name: string) {
	return name.toUpperCase().replaceAll('-', '_')
}
