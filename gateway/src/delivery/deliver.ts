import type { Letter } from '../core/positions.ts'
import type { Journal } from '../core/session.ts'
import { GatewayError } from '../errors.ts'
import type { GatewayEvent } from '../events/index.ts'
import { ulid } from '../events/ulid.ts'
import type { Log } from '../log.ts'
import { createBacklog, type Tap } from './backlog.ts'
import { createBodies, letterheadOf } from './bodies.ts'
import { systemClock, type Clock } from './clock.ts'
import { createLine, type Line } from './line.ts'
import { listDead, listPending, type Page, type Undelivered } from './listing.ts'
import { createNews } from './news.ts'
import { takePlace, tidyLetters, tidyPlaces } from './places.ts'
import { createPost, type Outcome } from './post.ts'
import { standardSchedule, type Schedule } from './schedule.ts'
import { eventStream } from './stream.ts'
import type { Targets } from './targets.ts'
import { readerOf, wantsEvent, type Webhook, type Webhooks } from './webhooks.ts'

/** A session, as far as its events are brought to others. */
export type Source = Tap & {
	journal(): Promise<Journal>
	events(after: number, limit: number): Promise<GatewayEvent[]>
}

export type DeliveryOptions = {
	webhooks: Webhooks
	targets: Targets
	log: Log
	/** @throws when there is no such session any more */
	source(session: string): Source
	/** How many events may wait in a session before it takes no more from WhatsApp. */
	budget: number
	schedule?: Partial<Schedule> | undefined
	clock?: Clock | undefined
	heartbeatMs?: number | undefined
}

/** What is to be brought once more: everything given up, some events, or all after a number. */
export type Replay = { state: 'dead' } | { event_ids: string[] } | { after: number }

type Open = { line: Line; webhook: Webhook }

const HEARTBEAT_MS = 20_000

/** Brings events to webhooks and streams. */
export type Delivery = ReturnType<typeof createDelivery>

export function createDelivery({ webhooks, targets, log, source, ...options }: DeliveryOptions) {
	const clock = options.clock ?? systemClock
	const schedule = { ...standardSchedule, ...options.schedule }
	const bodies = createBodies()
	const news = createNews()
	const backlog = createBacklog(options.budget, (err) => log.error({ err }, 'session not held'))
	const stopping = new AbortController()
	const open = new Map<string, Map<string, Open>>()
	const tidying = new Map<string, Promise<void>>()
	const arriving = new Set<string>()
	const post = () => createPost(targets, schedule.timeoutMs, clock.now)
	const test = post()

	const opensOf = (session: string) => [...(open.get(session)?.values() ?? [])]
	const lineOf = (session: string, id: string) => open.get(session)?.get(id)?.line

	function openLine(webhook: Webhook) {
		const { session, id } = webhook
		const line = createLine({
			reader: readerOf(webhook),
			session,
			webhook: () => webhooks.findActive(session, id),
			journal: () => source(session).journal(),
			post: post(),
			bodies,
			clock,
			schedule,
			log: log.child({ session, webhook: id }),
			gone(webhook) {
				log.warn({ session, webhook: id }, 'webhook disabled: its target answered 410 Gone')
				webhooks.disable(webhook).catch((err) => log.error({ err }, 'webhook not disabled'))
			},
			moved: () => judge(session),
		})
		const lines = open.get(session) ?? new Map<string, Open>()
		open.set(session, lines.set(id, { line, webhook }))
	}

	async function closeLine(session: string, id: string) {
		const lines = open.get(session)
		const line = lines?.get(id)?.line
		lines?.delete(id)
		if (lines?.size === 0) open.delete(session)
		await line?.close()
	}

	function judge(session: string) {
		const waiting = Math.max(0, ...opensOf(session).map(({ line }) => line.pending))
		backlog.judge(session, waiting, () => source(session))
	}

	/** One thing at a time is done to the lines of a session. */
	function inTurn<T>(session: string, act: () => Promise<T>): Promise<T> {
		const turn = (tidying.get(session) ?? Promise.resolve()).then(act)
		const settled = turn.then(
			() => {},
			() => {},
		)
		tidying.set(session, settled)
		return turn
	}

	/** Makes the lines of a session what its webhooks say. */
	async function reconcile(session: string) {
		if (stopping.signal.aborted) return
		for (const { webhook } of opensOf(session)) {
			const now = webhooks.findActive(session, webhook.id)
			if (!now || !isSameLine(now, webhook)) await closeLine(session, webhook.id)
		}
		for (const webhook of webhooks.list(session))
			if (!webhook.disabled_at && !lineOf(session, webhook.id)) openLine(webhook)
		await tidy(session)
		judge(session)
	}

	async function tidy(session: string) {
		const present = new Set([...webhooks.list(session).map(readerOf), ...arriving])
		await tidyPlaces(await source(session).journal(), present, clock.now())
	}

	function changed(session: string) {
		inTurn(session, () => reconcile(session)).catch((err) =>
			log.debug({ err, session }, 'places not tidied'),
		)
	}

	webhooks.watch({
		changed,
		async adding(webhook, from) {
			const reader = readerOf(webhook)
			arriving.add(reader)
			const arrived = () => void arriving.delete(reader)
			try {
				const journal = await source(webhook.session).journal()
				await inTurn(webhook.session, () => takePlace(journal, webhook, from, clock.now()))
				return arrived
			} catch (error) {
				arrived()
				throw error
			}
		},
	})

	/** Nobody can ask for these later, so nobody is promised them: the files of the session are in trouble. */
	function tellOnce(event: GatewayEvent) {
		for (const webhook of webhooks.list(event.session))
			if (!webhook.disabled_at && wantsEvent(webhook, event))
				void test(webhook, letterheadOf(event))
	}

	function activeLine(session: string, id: string): Line {
		webhooks.get(session, id)
		const line = lineOf(session, id)
		if (line) return line
		const advice = `Webhook ${id} is disabled. Enable it first: PATCH /api/v1/sessions/${session}/webhooks/${id} {"disabled": false}`
		throw new GatewayError('invalid_request', advice)
	}

	/** Looks for events in the whole log: half a second per ten thousand. */
	async function copiesOf(session: string, ids: Set<string>): Promise<Letter[]> {
		const found: Letter[] = []
		const at = new Date(clock.now()).toISOString()
		for (let after = 0; found.length < ids.size;) {
			const page = await source(session).events(after, 500)
			if (page.length === 0) break
			after = page.at(-1)!.seq
			for (const event of page)
				if (ids.has(event.id)) found.push({ event, attempts: 0, why: null, at })
		}
		return found
	}

	async function replayIds(session: string, line: Line, ids: Set<string>, reader: string) {
		const { positions } = await source(session).journal()
		const dead: number[] = []
		for (const number of line.dead()) {
			const letter = await positions.letter(reader, 'dead', number)
			if (letter && ids.delete(letter.event.id)) dead.push(number)
		}
		return line.again(dead, ids.size ? await copiesOf(session, ids) : [])
	}

	return {
		news,
		/** Tells everybody who wants to know. Returns at once. */
		publish(event: GatewayEvent) {
			if (stopping.signal.aborted) return
			if (event.seq === 0) return tellOnce(event)
			const lines = open.get(event.session)
			if (lines) {
				for (const { line } of lines.values()) line.offer(event)
				judge(event.session)
			}
			news.happened(event.session)
		},
		/** Goes on with what waited when the gateway stopped. */
		start: () => webhooks.sessions().forEach(changed),
		/** How a webhook is doing; null while it is disabled, or its place is looked up. */
		stateOf({ session, id }: Webhook) {
			const line = lineOf(session, id)
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
			const line = lineOf(webhook.session, webhook.id)
			await line?.ready()
			await line?.save()
			const journal = await source(webhook.session).journal()
			if (state === 'dead') return listDead(journal, reader, page)
			if (!line) return { deliveries: [], total: 0 }
			return { deliveries: await listPending(journal, reader, line, page), total: line.pending }
		},
		/** Brings events once more, with their ids; tells how many wait because of that. */
		async replay(session: string, id: string, which: Replay): Promise<number> {
			const line = activeLine(session, id)
			const reader = readerOf(webhooks.get(session, id))
			await line.ready()
			if ('state' in which) return line.again(line.dead())
			if ('event_ids' in which) return replayIds(session, line, new Set(which.event_ids), reader)
			return inTurn(session, async () => {
				await closeLine(session, id)
				const { positions, newest } = await source(session).journal()
				await positions.rewind(reader, Math.min(which.after, await newest()))
				await reconcile(session)
				const again = activeLine(session, id)
				await again.ready()
				return again.pending
			})
		},
		/** Sends a `webhook.test` event and tells what the receiver said. */
		async test(webhook: Webhook): Promise<Outcome> {
			const { session, id } = webhook
			const timestamp = new Date(clock.now()).toISOString()
			const data = { webhook: id }
			const type = 'webhook.test' as const
			return test(
				webhook,
				letterheadOf({ id: `evt_${ulid()}`, type, data, timestamp, session, seq: 0 }),
			)
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
		/** The first event of a session that some webhook has yet to get. */
		async needed(session: string): Promise<number> {
			await tidying.get(session)
			const lines = opensOf(session).map(({ line }) => line)
			await Promise.all(lines.map((line) => line.ready()))
			return Math.min(Infinity, ...lines.map((line) => line.needed()))
		},
		/** Forgets what is too old to be of use. */
		async prune(session: string) {
			if (!webhooks.list(session).length) return
			await inTurn(session, () => tidy(session))
			await tidyLetters(await source(session).journal(), clock.now())
		},
		/** Ends what is under way, and saves how far everybody has got. */
		async stop() {
			stopping.abort()
			test.abort()
			await Promise.all(tidying.values())
			const ids = [...open].flatMap(([session, lines]) =>
				[...lines.keys()].map((id) => [session, id]),
			)
			await Promise.all(ids.map(([session, id]) => closeLine(session!, id!)))
		},
	}
}

/** Other things, such as its secret, are read afresh at each attempt. */
function isSameLine(a: Webhook, b: Webhook): boolean {
	const partsOf = ({ url, events, filter, resume }: Webhook) => [url, events, filter, resume]
	return JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b))
}
