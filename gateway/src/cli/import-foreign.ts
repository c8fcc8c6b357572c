import { z } from 'zod'
import type { Gateway } from '../app.ts'
import type { OwnFlagValues } from '../config/flags.ts'
import { ConfigError } from '../config/read-config.ts'
import type { FoundSession, ImportSource } from '../import/found-session.ts'
import { listText } from '../import/list-text.ts'
import { refuseCopies } from '../import/same-login.ts'
import { addKeys, takeOver, type TakeOverOptions } from '../import/take-over.ts'
import { GatewayError, isGatewayError } from '../errors.ts'
import { ImportError } from '../session/import-baileys/import-error.ts'
import { LockedError } from '../storage/json/lock.ts'
import { print } from './terminal.ts'

const common = {
	only: z.array(z.string()).default([]),
	'dry-run': z.boolean().default(false),
	force: z.boolean().default(false),
	'without-webhooks': z.boolean().default(false),
}

type Common = { [K in keyof typeof common]: z.output<(typeof common)[K]> }

type System = {
	/** What it is called. */
	title: string
	/** What its flags must be, said when they are not. */
	usage: string
	/** Opens what the flags name. @throws ImportError, ZodError */
	open(flags: OwnFlagValues): Promise<{ source: ImportSource } & Common>
}

const evolutionFlags = z.strictObject({
	...common,
	database: z.string(),
	redis: z.string().optional(),
	'redis-prefix': z.string().optional(),
	files: z.string().optional(),
})

const wahaFlags = z.strictObject({ ...common, sessions: z.string() })

/** The systems whose sessions are taken over, by the word on the command line. */
export const foreignSystems: Record<string, System> = {
	evolution: {
		title: 'Evolution API',
		usage: 'import evolution --database URL [--redis URL] [--redis-prefix P] [--files DIR]',
		async open(given) {
			const { database, redis, files, ...flags } = evolutionFlags.parse(given)
			const { openEvolution } = await import('../import/evolution/index.ts')
			const redisPrefix = flags['redis-prefix']
			return { ...flags, source: await openEvolution({ database, redis, redisPrefix, files }) }
		},
	},
	waha: {
		title: 'WAHA',
		usage: 'import waha --sessions DIR',
		async open(given) {
			const { sessions, ...flags } = wahaFlags.parse(given)
			const { openWaha } = await import('../import/waha/index.ts')
			return { ...flags, source: await openWaha(sessions) }
		},
	},
}

export type WithGateway = (act: (gateway: Gateway) => Promise<void>) => Promise<void>

/**
 * Lists the sessions of another system, and takes them over: its login, webhooks, settings and keys.
 * @param withGateway opens a gateway that connects none of its sessions; `look` the same, to change nothing of it
 * @throws ConfigError, ImportError
 */
export async function importForeign(
	[name = '', ...more]: string[],
	given: OwnFlagValues,
	{ withGateway, look }: Record<'withGateway' | 'look', WithGateway>,
): Promise<void> {
	const system = foreignSystems[name]!
	const isWrong = (error: unknown) => error instanceof z.ZodError
	if (more.length) throw misused(name, system)
	const { source, ...flags } = await system.open(given).catch((error: unknown) => {
		throw isWrong(error) ? misused(name, system) : error
	})
	try {
		const all = await source.sessions()
		if (!all.length) throw new ImportError(`There are no sessions. ${source.lookedFor}`)
		const wanted = chosen(all, flags.only)
		const found = refuseCopies(wanted)
		print(listText(source, found))
		const signs = await source.signsOfLife(wanted)
		const withWebhooks = !flags['without-webhooks']
		if (flags['dry-run']) {
			await look(async (gateway) =>
				takeAll(gateway, source, found, { withWebhooks, onlyLook: true }),
			).catch(tellThatItRuns)
			return print(['', ...signs, 'Nothing was changed.'].join('\n'))
		}
		if (signs.length && !flags.force) throw stillRunning(system, signs)
		if (!found.some(({ refusal }) => refusal === undefined))
			throw new ImportError('There is nothing to take over.')
		await withGateway(async (gateway) => {
			await takeAll(gateway, source, found, { withWebhooks, onlyLook: false })
			// Whoever chooses sessions does not want keys for all.
			if (!flags.only.length) (await addKeys(gateway.keys, source.keys)).forEach(print)
		})
		print(`\nStart the gateway. Never again start ${system.title} with these sessions.`)
	} finally {
		await source.close()
	}
}

/** Takes one after the other; what goes wrong with one does not keep the others. */
async function takeAll(
	gateway: Gateway,
	{ dialect }: ImportSource,
	found: FoundSession[],
	options: TakeOverOptions,
) {
	print('')
	for (const session of found) {
		try {
			const { text, notes } = await takeOver(gateway, dialect, session, options)
			print([text, ...notes.map((note) => `  ${note}`)].join('\n'))
		} catch (error) {
			if (!(error instanceof ImportError || error instanceof GatewayError)) throw error
			const advice = isGatewayError(error, 'webhook_target_refused') ? ` ${WEBHOOK_REFUSED}` : ''
			const verb = options.onlyLook ? 'cannot be' : 'was not'
			print(`${session.name} ${verb} taken over: ${error.message}${advice}`)
			process.exitCode = 1
		}
	}
}

/** What exists in the gateway cannot be looked at then. */
function tellThatItRuns(error: unknown): void {
	if (!(error instanceof LockedError)) throw error
	print(
		'\nThe gateway runs, so it was not checked whether its sessions or its settings are in the way.',
	)
}

const WEBHOOK_REFUSED = 'Repeat the import with that setting, or with --without-webhooks.'

function chosen(found: FoundSession[], only: readonly string[]): FoundSession[] {
	const names = found.map(({ name }) => name)
	const unknown = only.find((name) => !names.includes(name))
	if (unknown !== undefined)
		throw new ImportError(
			`There is no session ${JSON.stringify(unknown)}. There are: ${names.map((name) => JSON.stringify(name)).join(', ') || 'none'}.`,
		)
	return only.length ? found.filter(({ name }) => only.includes(name)) : found
}

const misused = (name: string, { usage }: System) =>
	new ConfigError(
		`It is ${usage} [--dry-run] [--only NAME ...] [--without-webhooks] [--force]. For a directory of that name say import ./${name}`,
	)

const stillRunning = ({ title }: System, signs: string[]) =>
	new ImportError(
		[
			...signs,
			`${title} seems to run. Stop it first (stop it, and do not log out or delete a session: that unlinks the phone). Two that use`,
			'one login make the messages of each other unreadable. If it is something else, repeat this with --force. Nothing was changed.',
		].join('\n'),
	)
