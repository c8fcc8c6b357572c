import { createKeyedMutex } from '../lib/keyed-mutex.ts'
import type { Log } from '../log.ts'
import type { Journal } from '../session/journal.ts'
import type { Source } from './source.ts'
import { createConsumer, type Consumer, type ConsumerOptions } from './consumer.ts'
import { startPosition, pruneDeadLetters, pruneCursors } from './cursor/start-position.ts'
import type { AttemptHistory } from './attempt/history.ts'
import { createPost, type Outcome } from './attempt/post.ts'
import type { AllowedTargets } from './registry/allowed-targets.ts'
import { readerOf, type Webhook } from './registry/webhook.ts'
import type { Webhooks } from './registry/webhooks.ts'

export type ConsumersOptions = Pick<ConsumerOptions, 'payloads' | 'clock' | 'schedule'> & {
	webhooks: Webhooks
	targets: AllowedTargets
	log: Log
	source(session: string): Source
	history: AttemptHistory
	/** An attempt has ended with this outcome. */
	ended(webhook: Webhook, outcome: Outcome): void
	/** The number of waiting events of a session has changed. */
	progressed(session: string): void
	/** Webhooks were added, changed or deleted. */
	changed(): void
}

const oneAtATime = { least: 1, most: 1, slowMs: 0 }

type OpenConsumer = { consumer: Consumer; webhook: Webhook }

export type Consumers = ReturnType<typeof createConsumers>

/** Keeps a consumer for every webhook that is not disabled. */
export function createConsumers(options: ConsumersOptions) {
	const { webhooks, targets, log, source, clock, schedule, payloads, history, progressed } = options
	const open = new Map<string, Map<string, OpenConsumer>>()
	// Operations on the consumers of a session run one after the other.
	const inTurn = createKeyedMutex()
	const arriving = new Set<string>()
	let isStopped = false

	const opensOf = (session: string) => [...(open.get(session)?.values() ?? [])]
	const of = (session: string) => opensOf(session).map(({ consumer }) => consumer)

	function openConsumer(webhook: Webhook) {
		const { session, id } = webhook
		const child = log.child({ session, webhook: id })
		const consumer = createConsumer({
			reader: readerOf(webhook),
			webhook: () => webhooks.findActive(session, id),
			journal: () => journalOf(session),
			post: createPost(targets, schedule.timeoutMs, clock.now),
			payloads,
			clock,
			// A webhook for one event must not get two at once.
			schedule: webhook.once ? { ...schedule, parallel: oneAtATime } : schedule,
			log: child,
			history: {
				saved: () => history.saved(webhook),
				restore: (saved) => history.restore(webhook, saved),
			},
			ended: options.ended,
			taken(webhook) {
				if (!webhook.once) return
				webhooks.finish(webhook).catch((err) => child.error({ err }, 'webhook not deleted'))
			},
			gone(webhook) {
				child.warn('webhook disabled: its target answered 410 Gone')
				webhooks.disable(webhook).catch((err) => child.error({ err }, 'webhook not disabled'))
			},
			progressed: () => progressed(session),
		})
		const consumers = open.get(session) ?? new Map<string, OpenConsumer>()
		open.set(session, consumers.set(id, { consumer, webhook }))
	}

	const journalOf = async (session: string) => source(session).journal()

	async function closeConsumer(session: string, id: string) {
		const consumers = open.get(session)
		const consumer = consumers?.get(id)?.consumer
		consumers?.delete(id)
		if (consumers?.size === 0) open.delete(session)
		await consumer?.close()
	}

	const closeAllOf = (session: string) =>
		Promise.all(opensOf(session).map(({ webhook }) => closeConsumer(session, webhook.id)))

	/** Opens and closes consumers until they are those of the session's webhooks. */
	async function reconcile(session: string) {
		if (isStopped || !webhooks.isOpen(session)) return
		for (const { webhook } of opensOf(session)) {
			const now = webhooks.findActive(session, webhook.id)
			if (!now || !needsSameConsumer(now, webhook)) await closeConsumer(session, webhook.id)
		}
		for (const webhook of webhooks.list(session))
			if (!webhook.disabled_at && !open.get(session)?.has(webhook.id)) openConsumer(webhook)
		progressed(session)
		options.changed()
		await tidy(session)
	}

	async function tidy(session: string) {
		const all = webhooks.list(session)
		history.keepOnly(session, new Set(all.map(({ id }) => id)))
		const journal = await journalOf(session)
		await restoreDisabled(journal, all)
		await pruneCursors(journal, new Set([...all.map(readerOf), ...arriving]), clock.now())
	}

	/** A webhook that is disabled has no consumer to do it. */
	async function restoreDisabled({ cursors }: Journal, all: readonly Webhook[]) {
		const disabled = all.filter(({ disabled_at }) => disabled_at !== null)
		if (disabled.length === 0) return
		const saved = await cursors.list()
		for (const webhook of disabled) history.restore(webhook, saved.get(readerOf(webhook)) ?? {})
	}

	function changed(session: string) {
		inTurn(session, () => reconcile(session)).catch((err) =>
			log.debug({ err, session }, 'cursors not pruned'),
		)
	}

	webhooks.watch({
		changed,
		async adding(webhook, wanted) {
			const { session } = webhook
			const reader = readerOf(webhook)
			arriving.add(reader)
			const arrived = () => void arriving.delete(reader)
			const take = async () => startPosition(await journalOf(session), webhook, wanted, clock.now())
			await inTurn(session, take).catch((error) => {
				arrived()
				throw error
			})
			return arrived
		},
	})

	return {
		/** The consumers of a session. */
		of,
		/** How many events wait, how many were given up, and how many consumers have a target that does not answer. */
		totals() {
			const all = [...open.values()].flatMap((webhooks) => [...webhooks.values()])
			return {
				waiting: all.reduce((sum, { consumer }) => sum + consumer.pending, 0),
				dead: all.reduce((sum, { consumer }) => sum + consumer.deadCount, 0),
				down: all.filter(({ consumer }) => consumer.downSince !== undefined).length,
			}
		},
		get: (session: string, id: string) => open.get(session)?.get(id)?.consumer,
		/** Opens a consumer for every webhook that is not disabled. */
		start: () => webhooks.sessions().forEach(changed),
		/** Opens the webhooks of a session and their consumers. Waits until the webhooks are known. */
		async open(session: string) {
			await webhooks.open(session)
			changed(session)
		},
		/** Closes the consumers of a session, saves their cursors, and lets go of its webhooks. */
		close: (session: string) =>
			inTurn(session, async () => {
				await closeAllOf(session)
				await webhooks.close(session)
				options.changed()
			}),
		/** Lets a webhook start again after an event; resolves with its consumer when that has loaded its queues. */
		rewind: ({ session, id, resume }: Webhook, after: number) =>
			inTurn(session, async () => {
				await closeConsumer(session, id)
				const { cursors, newest } = await journalOf(session)
				await cursors.rewind(readerOf({ id, resume }), Math.min(after, await newest()))
				await reconcile(session)
				const consumer = open.get(session)?.get(id)?.consumer
				await consumer?.ready()
				return consumer
			}),
		/** Gives up waiting events of a webhook: see `Consumer.giveUp`. One that is disabled has none. */
		giveUp: ({ session, id }: Webhook, numbers: ReadonlySet<number>) =>
			inTurn(session, async () => {
				const consumer = open.get(session)?.get(id)?.consumer
				await consumer?.ready()
				return (await consumer?.giveUp(numbers)) ?? []
			}),
		/** The first event of a session that some webhook has yet to get. */
		async needed(session: string): Promise<number> {
			await inTurn(session, () => undefined)
			const consumers = of(session)
			await Promise.all(consumers.map((consumer) => consumer.ready()))
			return Math.min(Infinity, ...consumers.map((consumer) => consumer.needed()))
		},
		/** Deletes expired cursors and old dead letters. */
		async prune(session: string) {
			if (webhooks.list(session).length === 0) return
			await inTurn(session, () => tidy(session))
			await pruneDeadLetters(await journalOf(session), clock.now())
		},
		/** Closes every consumer, and saves its cursor. */
		async stop() {
			isStopped = true
			await inTurn.idle()
			await Promise.all([...open.keys()].map(closeAllOf))
		},
	}
}

/** Other things, such as its secret, are read afresh at each attempt. */
function needsSameConsumer(a: Webhook, b: Webhook): boolean {
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
