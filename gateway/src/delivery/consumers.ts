import type { Log } from '../log.ts'
import type { Source } from './source.ts'
import { createLine, type Line, type LineOptions } from './consumer.ts'
import { takePlace, tidyLetters, tidyPlaces } from './cursor/start-position.ts'
import { createPost } from './attempt/post.ts'
import type { Targets } from './registry/allowed-targets.ts'
import { readerOf, type Webhook, type Webhooks } from './registry/webhooks.ts'

export type LinesOptions = Pick<LineOptions, 'letters' | 'clock' | 'schedule'> & {
	webhooks: Webhooks
	targets: Targets
	log: Log
	source(session: string): Source
	/** Something in a session was delivered, or waits. */
	moved(session: string): void
	/** There are other webhooks now. */
	changed(): void
}

type Open = { line: Line; webhook: Webhook }

export type Lines = ReturnType<typeof createLines>

/** Keeps a line open to every webhook that is there and not disabled. */
export function createLines(options: LinesOptions) {
	const { webhooks, targets, log, source, clock, schedule, letters, moved } = options
	const open = new Map<string, Map<string, Open>>()
	const turns = new Map<string, Promise<void>>()
	const arriving = new Set<string>()
	let isStopped = false

	const opensOf = (session: string) => [...(open.get(session)?.values() ?? [])]
	const of = (session: string) => opensOf(session).map(({ line }) => line)

	function openLine(webhook: Webhook) {
		const { session, id } = webhook
		const child = log.child({ session, webhook: id })
		const line = createLine({
			reader: readerOf(webhook),
			webhook: () => webhooks.findActive(session, id),
			journal: () => journalOf(session),
			post: createPost(targets, schedule.timeoutMs, clock.now),
			letters,
			clock,
			// Two at once would be one too many.
			schedule: webhook.once ? { ...schedule, parallel: 1 } : schedule,
			log: child,
			taken(webhook) {
				if (!webhook.once) return
				webhooks.finish(webhook).catch((err) => child.error({ err }, 'webhook not removed'))
			},
			gone(webhook) {
				child.warn('webhook disabled: its target answered 410 Gone')
				webhooks.disable(webhook).catch((err) => child.error({ err }, 'webhook not disabled'))
			},
			moved: () => moved(session),
		})
		const lines = open.get(session) ?? new Map<string, Open>()
		open.set(session, lines.set(id, { line, webhook }))
	}

	const journalOf = async (session: string) => source(session).journal()

	async function closeLine(session: string, id: string) {
		const lines = open.get(session)
		const line = lines?.get(id)?.line
		lines?.delete(id)
		if (lines?.size === 0) open.delete(session)
		await line?.close()
	}

	/** One thing at a time is done to the lines of a session. */
	function inTurn<T>(session: string, act: () => Promise<T>): Promise<T> {
		const turn = (turns.get(session) ?? Promise.resolve()).then(act)
		const settled = turn.then(nothing, nothing).then(() => {
			if (turns.get(session) === settled) turns.delete(session)
		})
		turns.set(session, settled)
		return turn
	}

	/** Makes the lines of a session what its webhooks say. */
	async function reconcile(session: string) {
		if (isStopped) return
		for (const { webhook } of opensOf(session)) {
			const now = webhooks.findActive(session, webhook.id)
			if (!now || !isSameLine(now, webhook)) await closeLine(session, webhook.id)
		}
		for (const webhook of webhooks.list(session))
			if (!webhook.disabled_at && !open.get(session)?.has(webhook.id)) openLine(webhook)
		moved(session)
		options.changed()
		await tidy(session)
	}

	async function tidy(session: string) {
		const present = new Set([...webhooks.list(session).map(readerOf), ...arriving])
		await tidyPlaces(await journalOf(session), present, clock.now())
	}

	function changed(session: string) {
		inTurn(session, () => reconcile(session)).catch((err) =>
			log.debug({ err, session }, 'places not tidied'),
		)
	}

	webhooks.watch({
		changed,
		async adding(webhook, wanted) {
			const { session } = webhook
			const reader = readerOf(webhook)
			arriving.add(reader)
			const arrived = () => void arriving.delete(reader)
			const take = async () => takePlace(await journalOf(session), webhook, wanted, clock.now())
			await inTurn(session, take).catch((error) => {
				arrived()
				throw error
			})
			return arrived
		},
	})

	return {
		/** The lines of a session. */
		of,
		get: (session: string, id: string) => open.get(session)?.get(id)?.line,
		/** Opens what is to be open. */
		start: () => webhooks.sessions().forEach(changed),
		/** Lets a webhook start again after an event; resolves with its line when it knows what waits. */
		rewind: ({ session, id, resume }: Webhook, after: number) =>
			inTurn(session, async () => {
				await closeLine(session, id)
				const { positions, newest } = await journalOf(session)
				await positions.rewind(readerOf({ id, resume }), Math.min(after, await newest()))
				await reconcile(session)
				const line = open.get(session)?.get(id)?.line
				await line?.ready()
				return line
			}),
		/** The first event of a session that some webhook has yet to get. */
		async needed(session: string): Promise<number> {
			await turns.get(session)
			const lines = of(session)
			await Promise.all(lines.map((line) => line.ready()))
			return Math.min(Infinity, ...lines.map((line) => line.needed()))
		},
		/** Forgets what is too old to be of use. */
		async prune(session: string) {
			if (webhooks.list(session).length === 0) return
			await inTurn(session, () => tidy(session))
			await tidyLetters(await journalOf(session), clock.now())
		},
		/** Ends what is under way, and saves how far everybody has got. */
		async stop() {
			isStopped = true
			await Promise.all(turns.values())
			const all = [...open].flatMap(([session, lines]) =>
				[...lines.keys()].map((id) => closeLine(session, id)),
			)
			await Promise.all(all)
		},
	}
}

function nothing() {}

/** Other things, such as its secret, are read afresh at each attempt. */
function isSameLine(a: Webhook, b: Webhook): boolean {
	const partsOf = ({ url, events, filter, merge, format, event_names }: Webhook) => [
		url,
		events,
		filter,
		merge,
		format,
		event_names,
	]
	return JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b))
}
