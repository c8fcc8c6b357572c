import type { ChatLag, DeadLetter, Cursor } from '../session/state/cursors.ts'
import type { Journal } from '../session/journal.ts'
import { GatewayError } from '../errors.ts'
import { orderKey, type GatewayEvent } from '../events/index.ts'
import type { Log } from '../log.ts'
import { isRequeued } from './queue/requeued.ts'
import { createCheckpoint } from './cursor/checkpoint.ts'
import { createLogReader } from './cursor/log-reader.ts'
import { createDeadLetters } from './dead-letters.ts'
import type { Clock } from '../lib/clock.ts'
import { createDispatcher } from './dispatcher.ts'
import { createChatQueues, type ChatQueue } from './queue/chat-queues.ts'
import type { Payloads } from './attempt/payloads.ts'
import { dueAt, MAX_BATCH, restDueAt } from './batching.ts'
import { nextPayload } from './attempt/next-payload.ts'
import type { SavedHistory } from './attempt/history.ts'
import type { Outcome, Payload, Post } from './attempt/post.ts'
import type { RetrySchedule } from './queue/retry-schedule.ts'
import type { Webhook } from './registry/webhook.ts'

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
	/** The last attempts, which are saved with the cursor. */
	history: { saved(): SavedHistory; restore(saved: SavedHistory): void }
	/** An attempt has ended with this outcome. */
	ended(webhook: Webhook, outcome: Outcome): void
	/** The target accepted an event. */
	taken(webhook: Webhook): void
	/** The target answered 410 Gone. */
	gone(webhook: Webhook): void
	/** The number of waiting events has changed. */
	progressed(): void
}

/** After so many events that the webhook does not want, the cursor is saved. */
const PASSED_UNSAVED = 1_000
/** How long to wait after the cursor could not be read. */
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
	const deadLetters = createDeadLetters({ reader, journal, queues, checkpoint, clock, log })
	const eventLog = createLogReader({
		journal,
		clock,
		log,
		isClosed: () => isClosed,
		taker,
		pageTaken,
	})
	// Chats that lagged behind the cursor at the start, until everything up to there is read again.
	let lags = new Map<string, ChatLag>()
	let begin: Cursor | undefined
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
		options.history.restore(start)
		lags = lagging
		deadLetters.load(givenUpBefore)
		begin = start
		checkpoint.begin(start, lagging)
		eventLog.startAfter(Math.min(start.seq, ...[...lagging.values()].map(({ head }) => head - 1)))
		eventLog.extendTo(end)
		if (start.down) dispatcher.startDown()
		requeue(requeued)
		await eventLog.catchUp()
		forgetLags()
		isLoaded = true
	}

	function taker() {
		const webhook = options.webhook()
		// A webhook that is disabled skips nothing: it may be enabled again.
		return webhook && ((event: GatewayEvent) => consider(event, webhook))
	}

	function pageTaken() {
		forgetLags()
		dispatcher.pump()
		options.progressed()
	}

	/** Everything that lagged is in its queue now, or is not wanted any more. */
	function forgetLags() {
		if (!currentCursor()) return
		for (const chat of lags.keys()) checkpoint.touch(chat)
		lags = new Map()
	}

	/** True if this is an event to be delivered. */
	function consider(event: GatewayEvent, webhook: Webhook): boolean {
		const chat = orderKey(event)
		const lag = lags.get(chat)
		const isSettled = event.seq <= begin!.seq && !(lag && isLagging(lag, event.seq))
		if (isSettled || !payloads.wants(webhook, event)) {
			if (event.seq - checkpoint.saved > PASSED_UNSAVED) checkpoint.soon()
			return false
		}
		if (queues.add(chat, event.seq, lag && stateAt(lag, event.seq))) checkpoint.touch(chat)
		if (webhook.merge) {
			const queue = queues.get(chat)!
			queues.delay(queue, dueAt(queue, event, webhook.merge))
		}
		return true
	}

	function requeue(copies: DeadLetter[]) {
		deadLetters.requeue(copies)
		dispatcher.pump()
	}

	function settled(queue: ChatQueue, number: number) {
		queues.settle(queue, restDueAt(queue, options.webhook()?.merge))
		if (isRequeued(queue)) deadLetters.requeuedSettled(number)
		noted(queue)
	}

	function noted(queue: ChatQueue) {
		if (!isRequeued(queue)) checkpoint.touch(queue.key)
	}

	function givenUp(queue: ChatQueue, number: number, payload: Payload) {
		deadLetters.add(queue, payload)
		settled(queue, number)
	}

	/** The events of a queue that are in an attempt now. Which ones a batch takes is decided in the course of it. */
	function inFlightOf(queue: ChatQueue): number[] {
		if (!queues.isInFlight(queue)) return []
		return queue.numbers.all().slice(0, options.webhook()?.merge ? MAX_BATCH : 1)
	}

	function giveUpOf(queue: ChatQueue, numbers: number[]) {
		queues.remove(queue, new Set(numbers))
		if (isRequeued(queue)) numbers.forEach(deadLetters.requeuedSettled)
		noted(queue)
	}

	/** Where to go on after a stop. Undefined until the lagging chats are read: they would seem to be settled. */
	function currentCursor(): Cursor | undefined {
		if (!begin || eventLog.position < begin.seq) return undefined
		const down = dispatcher.downSince !== undefined && { down: true }
		return { seq: eventLog.position, ...down, ...options.history.saved() }
	}

	return {
		/** Takes an event that has just happened. Returns at once. */
		offer(event: GatewayEvent) {
			eventLog.extendTo(event.seq)
			const webhook = options.webhook()
			if (isClosed || !begin || !webhook || event.seq <= eventLog.position) return
			if (!eventLog.advanceTo(event)) return void eventLog.catchUp()
			if (!consider(event, webhook)) return
			payloads.keep(webhook, event)
			dispatcher.pump()
		},
		/** True once the events that waited before the start are known. */
		get isLoaded() {
			return isLoaded
		},
		/** Resolves when `isLoaded` is true, or the first try to read them has failed. */
		ready: () => ready,
		/** How many events are waiting to be delivered. */
		get pending() {
			return queues.count
		},
		/** The numbers of the dead letters, in order. */
		dead: deadLetters.numbers,
		get deadCount() {
			return deadLetters.count
		},
		/** These dead letters were deleted. */
		discarded: deadLetters.discarded,
		/** Since when the target is considered down: Unix time in milliseconds. */
		get downSince() {
			return dispatcher.downSince
		},
		/** The number of the first event of the log that is still needed. */
		needed() {
			const heads = queues.all().filter((queue) => !isRequeued(queue))
			return Math.min(eventLog.position + 1, ...heads.map(({ numbers }) => numbers.first!))
		},
		/** Resolves when all settled events are saved. */
		save: checkpoint.flush,
		/** The queues of the chats that have waiting events. */
		waiting: () => queues.all(),
		/**
		 * Gives up waiting events: they are not delivered. Waits until that is durable.
		 * @returns those that waited
		 * @throws delivery_in_progress, and gives up none, when there is an attempt under way for one of them
		 */
		async giveUp(wanted: ReadonlySet<number>): Promise<number[]> {
			if (!currentCursor()) return []
			const found = queues.all().map((queue) => ({
				queue,
				numbers: queue.numbers.all().filter((number) => wanted.has(number)),
			}))
			const isUnderWay = found.some(({ queue }) => inFlightOf(queue).some((seq) => wanted.has(seq)))
			if (isUnderWay) throw inProgress()
			for (const { queue, numbers } of found) if (numbers.length) giveUpOf(queue, numbers)
			await checkpoint.saveNow()
			dispatcher.pump()
			options.progressed()
			return found.flatMap(({ numbers }) => numbers)
		},
		/** Delivers dead letters, and copies of events, again. Waits until that is durable. @returns how many */
		async replay(numbers: number[], copies: DeadLetter[] = []): Promise<number> {
			const count = await deadLetters.replay(numbers, copies)
			dispatcher.pump()
			options.progressed()
			return count
		},
		/** Starts no new attempt, waits a little for those under way, and saves the cursor. */
		async close() {
			isClosed = true
			await dispatcher.close()
			await eventLog.idle()
			await checkpoint.flush()
		},
	}
}

const isLagging = ({ head, skipped }: ChatLag, seq: number) =>
	seq >= head && !skipped?.includes(seq)

/** What a queue goes on with that begins with this event. Its first event may be another one than at the stop. */
function stateAt(lag: ChatLag, seq: number): Partial<ChatLag> {
	return lag.head === seq ? lag : { skipped: lag.skipped }
}

function inProgress() {
	const advice =
		'One of these events is being delivered right now, so none was given up. Ask again when the attempt has ended.'
	return new GatewayError('delivery_in_progress', advice, { field: 'event_ids' })
}
