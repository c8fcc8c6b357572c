import { GatewayError } from '../errors.ts'
import type { GatewayEvent } from '../events/index.ts'
import { ulid } from '../lib/ulid.ts'
import type { Log } from '../log.ts'
import { createBackpressure } from './backpressure.ts'
import { systemClock, type Clock } from '../lib/clock.ts'
import { createExpiry } from './expiry.ts'
import type { Formats } from './formats.ts'
import { createPayloads } from './attempt/payloads.ts'
import { createConsumers } from './consumers.ts'
import {
	listDead,
	listPending,
	type DeliveriesPage,
	type Undelivered,
} from './inspect/list-deliveries.ts'
import { createNotifier } from './notifier.ts'
import { createAttemptHistory } from './attempt/history.ts'
import { createPost, type Outcome } from './attempt/post.ts'
import { discardDeadLetters, waitingNumbers, type Discard } from './inspect/discard.ts'
import { replayIds, type Replay } from './inspect/replay.ts'
import { standardRetrySchedule, type RetrySchedule } from './queue/retry-schedule.ts'
import { eventStream } from './sse.ts'
import type { AllowedTargets } from './registry/allowed-targets.ts'
import { readerOf, type Webhook } from './registry/webhook.ts'
import type { Webhooks } from './registry/webhooks.ts'
import type { Source } from './source.ts'

export type DeliveryOptions = {
	webhooks: Webhooks
	targets: AllowedTargets
	/** Formats of other systems that a webhook may ask for. */
	formats: Formats
	/** The URL at which others reach the gateway. */
	serverUrl(): string
	log: Log
	/** @throws when there is no such session any more */
	source(session: string): Source
	/** How many events may wait in a session before it pauses and takes no more from WhatsApp. */
	budget: number
	/** Told of every attempt. */
	attempted?: ((outcome: Outcome) => void) | undefined
	schedule?: Partial<RetrySchedule> | undefined
	clock?: Clock | undefined
	heartbeatMs?: number | undefined
}

const HEARTBEAT_MS = 20_000

/** Delivers events to webhooks and streams. */
export type Delivery = ReturnType<typeof createDelivery>

/**
 * Puts the parts of delivery together. The way of an event:
 * 1. `registry/` knows the webhooks and which events each wants.
 * 2. `consumers.ts` keeps a consumer per webhook; `consumer.ts` reads the event log after its cursor (`cursor/log-reader.ts`).
 * 3. `queue/` keeps the order of each chat and says when to try: retry schedule, circuit breaker.
 * 4. `dispatcher.ts` makes the attempts and retries them; `attempt/` writes the payload and posts it.
 * 5. `cursor/` saves how far the consumer has got; `dead-letters.ts` keeps events that no attempt delivered.
 * 6. `inspect/` lists waiting events and dead letters, replays them, and gives them up for good.
 * @example
 * const delivery = createDelivery({ webhooks, targets, formats, log, source, budget: 200_000 })
 * await delivery.start()
 * delivery.publish(event)
 */
export function createDelivery({ webhooks, targets, log, source, ...options }: DeliveryOptions) {
	const clock = options.clock ?? systemClock
	const schedule = { ...standardRetrySchedule, ...options.schedule }
	const notifier = createNotifier()
	const backpressure = createBackpressure(options.budget, (err) =>
		log.error({ err }, 'session not held'),
	)
	// Ends the streams of a session.
	const endings = new Map<string, AbortController>()
	let isStopped = false
	const payloads = createPayloads({
		formats: options.formats,
		account: (session) => source(session).view().me,
		serverUrl: options.serverUrl,
	})
	const history = createAttemptHistory(clock.now)
	const post = createPost(targets, schedule.timeoutMs, clock.now)
	const consumers = createConsumers({
		webhooks,
		targets,
		log,
		source,
		clock,
		schedule,
		payloads,
		history,
		ended,
		progressed: checkBackpressure,
		changed: () => expiry.look(),
	})
	const expiry = createExpiry({
		webhooks,
		clock,
		log,
		consumer: ({ session, id }) => consumers.get(session, id),
		async sendExpired(webhook) {
			const payload = payloads.write(webhook, aboutWebhook(webhook, 'webhook.expired'))
			return !payload || (await post(webhook, payload)).why === null
		},
	})

	function ended(webhook: Webhook, outcome: Outcome) {
		history.note(webhook, outcome)
		options.attempted?.(outcome)
	}

	function checkBackpressure(session: string) {
		const waiting = Math.max(0, ...consumers.of(session).map(({ pending }) => pending))
		backpressure.check(session, waiting, () => source(session))
	}

	function endingOf(session: string): AbortController {
		const ending = endings.get(session) ?? new AbortController()
		endings.set(session, ending)
		return ending
	}

	function endStreams(session: string) {
		endings.get(session)?.abort()
		endings.delete(session)
	}

	async function giveUpWaiting(webhook: Webhook, ids: readonly string[]): Promise<number[]> {
		const consumer = consumers.get(webhook.session, webhook.id)
		if (!consumer) return []
		const { journal, events } = source(webhook.session)
		const reader = readerOf(webhook)
		const numbers = await waitingNumbers(ids, consumer, await journal(), reader, events)
		return consumers.giveUp(webhook, numbers)
	}

	/** An event about the webhook itself: it is in no event log and has the number 0. */
	function aboutWebhook(
		{ session, id }: Webhook,
		type: 'webhook.test' | 'webhook.expired',
	): GatewayEvent {
		const timestamp = new Date(clock.now()).toISOString()
		return { id: `evt_${ulid()}`, type, timestamp, session, seq: 0, data: { webhook: id } }
	}

	/** One attempt without promises: the files of the session cannot be written, so the event is in no log. */
	function attemptOnce(event: GatewayEvent) {
		for (const webhook of webhooks.list(event.session))
			if (!webhook.disabled_at && payloads.wants(webhook, event))
				void post(webhook, payloads.write(webhook, event)!).then((outcome) =>
					ended(webhook, outcome),
				)
	}

	return {
		/** Takes an event that is durable, and queues it for every webhook that wants it. Returns at once. */
		publish(event: GatewayEvent) {
			if (isStopped) return
			if (event.seq === 0) return attemptOnce(event)
			for (const consumer of consumers.of(event.session)) consumer.offer(event)
			checkBackpressure(event.session)
			notifier.happened(event.session)
		},
		/** Goes on with the events that waited when the gateway stopped. */
		start: consumers.start,
		/** Opens the webhooks of a session, which get its events from now on. */
		open: consumers.open,
		/**
		 * Ends the attempts and streams of a session, saves the cursors of its webhooks, and keeps nothing of it in memory.
		 * Call it while the session's state is open.
		 */
		async close(session: string) {
			endStreams(session)
			await consumers.close(session)
			backpressure.forget(session)
			payloads.forget(session)
			history.forget(session)
		},
		/** The delivery state of a webhook; null while it is disabled or its cursor is being read. */
		stateOf({ session, id }: Webhook) {
			const consumer = consumers.get(session, id)
			if (!consumer?.isLoaded) return null
			const { downSince } = consumer
			return {
				pending: consumer.pending,
				dead: consumer.deadCount,
				down_since: downSince === undefined ? null : new Date(downSince).toISOString(),
			}
		},
		/** How many events wait for webhooks, how many were given up, and how many webhooks are down. Disabled ones are not counted. */
		totals: consumers.totals,
		/** The last attempts of a webhook. */
		historyOf: history.view,
		/** The events that a webhook has not accepted. */
		async list(
			webhook: Webhook,
			{ state, ...page }: DeliveriesPage & { state: Undelivered['state'] },
		) {
			const reader = readerOf(webhook)
			const consumer = consumers.get(webhook.session, webhook.id)
			await consumer?.ready()
			await consumer?.save()
			const journal = await source(webhook.session).journal()
			if (state === 'dead') return listDead(journal, reader, page)
			if (!consumer) return { deliveries: [], total: 0 }
			return {
				deliveries: await listPending(journal, reader, consumer, page),
				total: consumer.pending,
			}
		},
		/** Replays events with their ids. Waits until they are queued. @returns how many */
		async replay(webhook: Webhook, which: Replay): Promise<number> {
			const { session, id } = webhook
			const consumer = consumers.get(session, id)
			if (!consumer) throw webhookDisabled(webhook)
			await consumer.ready()
			if ('after' in which) return (await consumers.rewind(webhook, which.after))?.pending ?? 0
			if ('state' in which) return consumer.replay(consumer.dead())
			const { journal, events } = source(session)
			return replayIds(which.event_ids, consumer, await journal(), readerOf(webhook), events)
		},
		/**
		 * Gives up events for good: dead letters are deleted, and waiting events are not delivered. Waits until that is durable.
		 * @returns how many
		 * @throws delivery_in_progress, and gives up none, when there is an attempt under way for one of them
		 */
		async discard(webhook: Webhook, which: Discard): Promise<number> {
			const consumer = consumers.get(webhook.session, webhook.id)
			await consumer?.ready()
			await consumer?.save()
			const journal = await source(webhook.session).journal()
			const waiting = 'event_ids' in which ? await giveUpWaiting(webhook, which.event_ids) : []
			const dead = await discardDeadLetters(journal, readerOf(webhook), which)
			consumers.get(webhook.session, webhook.id)?.discarded(dead)
			return new Set([...waiting, ...dead]).size
		},
		/** Makes one attempt with a `webhook.test` event. @returns the receiver's answer */
		async test(webhook: Webhook): Promise<Outcome> {
			const payload = payloads.write(webhook, aboutWebhook(webhook, 'webhook.test'))
			if (payload) return post(webhook, payload, true)
			const advice = `The format ${webhook.format} has no event for it.`
			throw new GatewayError('not_supported', advice)
		},
		/** A stream (SSE) of a session's events after a number; without it, after the newest. */
		async stream(session: string, after: number | undefined, wants: (type: string) => boolean) {
			const { newest } = await source(session).journal()
			return eventStream({
				session,
				notifier,
				read: (from, limit) => source(session).events(from, limit),
				after: after ?? (await newest()),
				wants,
				signal: endingOf(session).signal,
				heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
			})
		},
		/** Whether somebody follows the events of a session. */
		hasStreams: notifier.hasListeners,
		/** Calls with the session of each event that is new and durable. @returns a function that stops it */
		listen: notifier.listenToAll,
		needed: consumers.needed,
		prune: consumers.prune,
		/** Ends the attempts that are under way, and saves every cursor. */
		async stop() {
			isStopped = true
			for (const session of [...endings.keys()]) endStreams(session)
			expiry.stop()
			post.abort()
			await consumers.stop()
		},
	}
}

function webhookDisabled({ session, id }: Webhook) {
	const advice = `Webhook ${id} is disabled. Enable it first: PATCH /api/v1/sessions/${session}/webhooks/${id} {"disabled": false}`
	return new GatewayError('invalid_request', advice)
}
