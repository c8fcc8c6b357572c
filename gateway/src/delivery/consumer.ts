import type { ChatLag, DeadLetter, Cursor } from '../session/state/cursors.ts'
import type { Journal } from '../session/journal.ts'
import { orderKey, type GatewayEvent } from '../events/index.ts'
import type { Log } from '../log.ts'
import { isRequeued, requeuedKey } from './queue/requeued.ts'
import { createCheckpoint } from './cursor/checkpoint.ts'
import type { Clock } from '../lib/clock.ts'
import { createDispatcher } from './dispatcher.ts'
import { createChatQueues, type ChatQueue } from './queue/chat-queues.ts'
import type { Payloads } from './attempt/payloads.ts'
import { dueAt } from './batching.ts'
import { nextPayload } from './attempt/next-payload.ts'
import type { Payload, Post } from './attempt/post.ts'
import type { RetrySchedule } from './queue/retry-schedule.ts'
import type { Webhook } from './registry/webhooks.ts'

export type ConsumerOptions = {
	/** The name under which its cursor is kept. */
	reader: string
	/** Read afresh each time; undefined once the webhook is deleted or disabled. */
	webhook(): Webhook | undefined
	journal(): Promise<Journal>
	post: Post
	payloads: Payloads
	clock: Clock
	schedule: RetrySchedule
	log: Log
	/** The target accepted an event. */
	taken(webhook: Webhook): void
	/** The target answered 410 Gone. */
	gone(webhook: Webhook): void
	/** The number of waiting events has changed. */
	progressed(): void
}

/** Events read at a time when catching up. */
const PAGE = 500
/** After so many events that the webhook does not want, the cursor is saved. */
const PASSED_UNSAVED = 1_000
/** After the log could not be read. */
const RETRY_MS = 5_000

export type Consumer = ReturnType<typeof createConsumer>

/** Delivers the events of a session to one webhook: each at least once, those of a chat in order. */
export function createConsumer(options: ConsumerOptions) {
	const { reader, journal, payloads, clock, log } = options
	const queues = createChatQueues(clock.now)
	const dispatcher = createDispatcher({
		...options,
		queues,
		payloadFor: nextPayload(options),
		settled,
		givenUp,
		noted,
		attempted: options.progressed,
	})
	const checkpoint = createCheckpoint({ reader, journal, queues, currentCursor, log })
	const dead = new Set<number>()
	const repeating = new Set<number>()
	// Chats that lagged behind the cursor at the start, until everything up to there is read again.
	let lags = new Map<string, ChatLag>()
	let begin: Cursor | undefined
	let scanned = -1
	let known = 0
	let scanning: Promise<void> | undefined
	let isLoaded = false
	let isClosed = false
	let ready = open()

	async function open(): Promise<void> {
		try {
			await load()
		} catch (err) {
			log.warn({ err }, 'the events of a session cannot be read yet')
			clock.after(RETRY_MS, () => void (!isClosed && (ready = open())))
		}
	}

	async function load() {
		const { cursors, newest, commit } = await journal()
		const [found, lagging, givenUpBefore, requeued, end] = await Promise.all([
			cursors.list(),
			cursors.lags(reader),
			cursors.deadLetters.numbers(reader),
			cursors.requeued.numbers(reader).then((numbers) => cursors.requeued.all(reader, numbers)),
			newest(),
		])
		const start = found.get(reader) ?? { seq: end }
		if (!found.has(reader)) await commit([cursors.at(reader, start)])
		if (isClosed) return
		lags = lagging
		for (const number of givenUpBefore) dead.add(number)
		begin = start
		checkpoint.begin(start, lagging)
		scanned = Math.min(start.seq, ...[...lagging.values()].map(({ head }) => head - 1))
		known = Math.max(known, end)
		if (start.down) dispatcher.startDown()
		requeue(requeued)
		await catchUp()
		forgetLags()
		isLoaded = true
	}

	/** Reads the log up to the newest known event. */
	async function catchUp(): Promise<void> {
		if (scanned < known) await (scanning ??= readOn())
	}

	async function readOn() {
		try {
			while (!isClosed && scanned < known) {
				const page = await (await journal()).events.after(scanned, PAGE, known)
				const webhook = options.webhook()
				// A webhook that is disabled skips nothing: it may be enabled again.
				if (!webhook) return
				for (const event of page) consider(event, webhook)
				// An empty page: the rest was pruned.
				if (page.length === 0) scanned = known
				forgetLags()
				dispatcher.pump()
				options.progressed()
			}
		} catch (err) {
			log.warn({ err }, 'the events of a session cannot be read now')
			clock.after(RETRY_MS, catchUp)
		} finally {
			scanning = undefined
		}
	}

	/** Everything that lagged is in its queue now, or is not wanted any more. */
	function forgetLags() {
		if (!currentCursor()) return
		for (const chat of lags.keys()) checkpoint.touch(chat)
		lags = new Map()
	}

	/** True if this is an event to be delivered. */
	function consider(event: GatewayEvent, webhook: Webhook): boolean {
		scanned = event.seq
		const chat = orderKey(event)
		const lag = lags.get(chat)
		const isSettled = event.seq <= begin!.seq && !(lag && event.seq >= lag.head)
		if (isSettled || !payloads.wants(webhook, event)) {
			if (scanned - checkpoint.saved > PASSED_UNSAVED) checkpoint.soon()
			return false
		}
		if (queues.add(chat, event.seq, lag?.head === event.seq ? lag : undefined))
			checkpoint.touch(chat)
		if (webhook.merge) {
			const queue = queues.get(chat)!
			queues.delay(queue, dueAt(queue, event, webhook.merge))
		}
		return true
	}

	function requeue(copies: DeadLetter[]) {
		for (const { event } of copies) {
			if (repeating.has(event.seq)) continue
			repeating.add(event.seq)
			queues.add(requeuedKey(event), event.seq)
		}
		dispatcher.pump()
	}

	function settled(queue: ChatQueue, number: number) {
		const merge = options.webhook()?.merge
		// What came while the last batch was under way may be the beginning of another.
		const isNewer = merge && queue.latest !== undefined && queue.numbers.size > queue.batch
		queue.since = isNewer ? queue.latest : undefined
		queues.settle(queue, isNewer ? queue.latest! + merge.quiet * 1000 : 0)
		if (isRequeued(queue)) {
			repeating.delete(number)
			checkpoint.saveWith((cursors) => cursors.requeued.remove(reader, number))
		}
		noted(queue)
	}

	function noted(queue: ChatQueue) {
		if (!isRequeued(queue)) checkpoint.touch(queue.key)
	}

	function givenUp(queue: ChatQueue, number: number, { id, event }: Payload) {
		const { attempts, why } = queue
		const deadLetter: DeadLetter = { event, attempts, why, at: new Date(clock.now()).toISOString() }
		checkpoint.saveWith((cursors) => cursors.deadLetters.put(reader, event.seq, deadLetter))
		dead.add(event.seq)
		log.error(
			{ event: id, attempts, why },
			'event given up: the webhook did not accept it in any attempt',
		)
		settled(queue, number)
	}

	/** Where to go on after a stop. Undefined until the lagging chats are read: they would seem to be settled. */
	function currentCursor(): Cursor | undefined {
		if (!begin || scanned < begin.seq) return undefined
		return { seq: scanned, ...(dispatcher.downSince !== undefined && { down: true }) }
	}

	return {
		/** Takes an event that has just happened. Returns at once. */
		offer(event: GatewayEvent) {
			known = Math.max(known, event.seq)
			const webhook = options.webhook()
			if (isClosed || !begin || !webhook || event.seq <= scanned) return
			if (scanning || event.seq > scanned + 1) return void catchUp()
			if (!consider(event, webhook)) return
			payloads.keep(webhook, event)
			dispatcher.pump()
		},
		/** True once the events that waited before the start are known. */
		get isLoaded() {
			return isLoaded
		},
		/** Resolves when it is. */
		ready: () => ready,
		/** How many events wait. */
		get pending() {
			return queues.count
		},
		/** The numbers of the dead letters, in order. */
		dead: () => [...dead].sort((a, b) => a - b),
		get downSince() {
			return dispatcher.downSince
		},
		/** The first event of the log that is still needed. */
		needed() {
			const heads = queues.all().filter((queue) => !isRequeued(queue))
			return Math.min(scanned + 1, ...heads.map(({ numbers }) => numbers.first!))
		},
		/** Resolves when all settled events are saved. */
		save: checkpoint.flush,
		/** The chats in which something waits. */
		waiting: () => queues.all(),
		/** Delivers dead letters, and copies of events, again. Waits until that is durable. @returns how many */
		async replay(numbers: number[], copies: DeadLetter[] = []): Promise<number> {
			await checkpoint.flush()
			const { cursors, commit } = await journal()
			const found = await cursors.deadLetters.all(reader, numbers)
			const all = [...found, ...copies]
			await commit([
				...found.map(({ event }) => cursors.deadLetters.remove(reader, event.seq)),
				...all.map((copy) => cursors.requeued.put(reader, copy.event.seq, copy)),
			])
			for (const { event } of found) dead.delete(event.seq)
			requeue(all)
			options.progressed()
			return all.length
		},
		/** Starts no new attempt, waits a little for those under way, and saves the cursor. */
		async close() {
			isClosed = true
			await dispatcher.close()
			await scanning
			await checkpoint.flush()
		},
	}
}
