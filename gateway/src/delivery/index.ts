import { GatewayError } from '../errors.ts'
import type { GatewayEvent } from '../events/index.ts'
import { ulid } from '../lib/ulid.ts'
import type { Log } from '../log.ts'
import { createBacklog } from './backpressure.ts'
import { systemClock, type Clock } from '../lib/clock.ts'
import { createEnding } from './expiry.ts'
import type { Formats } from './formats.ts'
import { createLetters } from './attempt/payloads.ts'
import { createLines } from './consumers.ts'
import { listDead, listPending, type Page, type Undelivered } from './inspect/list-deliveries.ts'
import { createNews } from './notifier.ts'
import { createPost, type Outcome } from './attempt/post.ts'
import { replayIds, type Replay } from './inspect/replay.ts'
import { standardSchedule, type Schedule } from './queue/retry-schedule.ts'
import { eventStream } from './sse.ts'
import type { Targets } from './registry/allowed-targets.ts'
import { readerOf, type Webhook, type Webhooks } from './registry/webhooks.ts'
import type { Source } from './source.ts'

export type DeliveryOptions = {
	webhooks: Webhooks
	targets: Targets
	/** The forms of other systems that a webhook may ask for. */
	formats: Formats
	log: Log
	/** @throws when there is no such session any more */
	source(session: string): Source
	/** How many events may wait in a session before it takes no more from WhatsApp. */
	budget: number
	schedule?: Partial<Schedule> | undefined
	clock?: Clock | undefined
	heartbeatMs?: number | undefined
}

const HEARTBEAT_MS = 20_000

/** Brings events to webhooks and streams. */
export type Delivery = ReturnType<typeof createDelivery>

export function createDelivery({ webhooks, targets, log, source, ...options }: DeliveryOptions) {
	const clock = options.clock ?? systemClock
	const schedule = { ...standardSchedule, ...options.schedule }
	const news = createNews()
	const backlog = createBacklog(options.budget, (err) => log.error({ err }, 'session not held'))
	const stopping = new AbortController()
	const letters = createLetters(options.formats)
	const post = createPost(targets, schedule.timeoutMs, clock.now)
	const lines = createLines({
		webhooks,
		targets,
		log,
		source,
		clock,
		schedule,
		letters,
		moved: judge,
		changed: () => ending.look(),
	})
	const ending = createEnding({
		webhooks,
		clock,
		log,
		line: ({ session, id }) => lines.get(session, id),
		async tell(webhook) {
			const letter = letters.write(webhook, aboutWebhook(webhook, 'webhook.expired'))
			return !letter || (await post(webhook, letter)).why === null
		},
	})

	function judge(session: string) {
		const waiting = Math.max(0, ...lines.of(session).map(({ pending }) => pending))
		backlog.judge(session, waiting, () => source(session))
	}

	/** It is in no log, and has the number 0. */
	function aboutWebhook(
		{ session, id }: Webhook,
		type: 'webhook.test' | 'webhook.expired',
	): GatewayEvent {
		const timestamp = new Date(clock.now()).toISOString()
		return { id: `evt_${ulid()}`, type, timestamp, session, seq: 0, data: { webhook: id } }
	}

	/** Nobody can ask for these later, so nobody is promised them: the files of the session are in trouble. */
	function tellOnce(event: GatewayEvent) {
		for (const webhook of webhooks.list(event.session))
			if (!webhook.disabled_at && letters.wants(webhook, event))
				void post(webhook, letters.write(webhook, event)!)
	}

	return {
		/** Tells everybody who wants to know. Returns at once. */
		publish(event: GatewayEvent) {
			if (stopping.signal.aborted) return
			if (event.seq === 0) return tellOnce(event)
			for (const line of lines.of(event.session)) line.offer(event)
			judge(event.session)
			news.happened(event.session)
		},
		/** Goes on with what waited when the gateway stopped. */
		start: lines.start,
		/** How a webhook is doing; null while it is disabled, or its place is looked up. */
		stateOf({ session, id }: Webhook) {
			const line = lines.get(session, id)
			if (!line?.isLoaded) return null
			const { downSince } = line
			return {
				pending: line.pending,
				dead: line.dead().length,
				down_since: downSince === undefined ? null : new Date(downSince).toISOString(),
			}
		},
		/** What a webhook has not taken. */
		async list(webhook: Webhook, { state, ...page }: Page & { state: Undelivered['state'] }) {
			const reader = readerOf(webhook)
			const line = lines.get(webhook.session, webhook.id)
			await line?.ready()
			await line?.save()
			const journal = await source(webhook.session).journal()
			if (state === 'dead') return listDead(journal, reader, page)
			if (!line) return { deliveries: [], total: 0 }
			return { deliveries: await listPending(journal, reader, line, page), total: line.pending }
		},
		/** Brings events once more, with their ids; tells how many wait because of that. */
		async replay(webhook: Webhook, which: Replay): Promise<number> {
			const { session, id } = webhook
			const line = lines.get(session, id)
			if (!line) throw disabled(webhook)
			await line.ready()
			if ('after' in which) return (await lines.rewind(webhook, which.after))?.pending ?? 0
			if ('state' in which) return line.again(line.dead())
			const { journal, events } = source(session)
			return replayIds(which.event_ids, line, await journal(), readerOf(webhook), events)
		},
		/** Sends a `webhook.test` event and tells what the receiver said. */
		async test(webhook: Webhook): Promise<Outcome> {
			const letter = letters.write(webhook, aboutWebhook(webhook, 'webhook.test'))
			if (letter) return post(webhook, letter)
			const advice = `The format ${webhook.format} has no event for it.`
			throw new GatewayError('not_supported', advice)
		},
		/** The events of a session as they happen, after the last that is known. */
		async stream(session: string, after: number | undefined, wants: (type: string) => boolean) {
			const { newest } = await source(session).journal()
			return eventStream({
				session,
				news,
				read: (from, limit) => source(session).events(from, limit),
				after: after ?? (await newest()),
				wants,
				signal: stopping.signal,
				heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
			})
		},
		needed: lines.needed,
		prune: lines.prune,
		/** Ends what is under way, and saves how far everybody has got. */
		async stop() {
			stopping.abort()
			ending.stop()
			post.abort()
			await lines.stop()
		},
	}
}

function disabled({ session, id }: Webhook) {
	const advice = `Webhook ${id} is disabled. Enable it first: PATCH /api/v1/sessions/${session}/webhooks/${id} {"disabled": false}`
	return new GatewayError('invalid_request', advice)
}
