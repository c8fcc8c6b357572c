import { createHeap } from '../../lib/heap.ts'
import { createDeque, type Deque } from '../../lib/deque.ts'

/** The events of one chat that wait for a webhook, by number. Only the first of them is ever in flight. */
export type ChatQueue = {
	readonly key: string
	readonly numbers: Deque
	/** Failed attempts of the first event. */
	attempts: number
	/** When the first event is due: Unix time in milliseconds. */
	next: number
	why: string | null
	/** Events after the first one that were given up on request: reading the log again must not add them. */
	skipped: readonly number[]
	/** Counts up with each probe: the queue with the lowest number is probed next. */
	probed: number
	/** Since when the first event fails: Unix time in milliseconds. */
	failing?: number | undefined
	/** How many of the first events are one payload. */
	batch: number
	/** When the first and the last event of a batch happened: Unix time in milliseconds. */
	since?: number | undefined
	latest?: number | undefined
}

type HeapEntry = { rank: number; queue: ChatQueue }
export type ChatQueues = ReturnType<typeof createChatQueues>

/** The queues of one webhook. They hold numbers; the events themselves stay in the log. */
export function createChatQueues(now: () => number) {
	const queues = new Map<string, ChatQueue>()
	const inFlight = new Set<ChatQueue>()
	// The entry of a queue that counts. Other entries of it in the heaps are out of date and skipped.
	const standing = new Map<ChatQueue, HeapEntry>()
	const fresh = createHeap<HeapEntry>()
	const retries = createHeap<HeapEntry>()
	const delayed = createHeap<HeapEntry>()
	let count = 0

	function stand(queue: ChatQueue) {
		const isDue = queue.next <= now()
		const entry = { rank: isDue ? queue.numbers.first! : queue.next, queue }
		standing.set(queue, entry)
		const due = queue.attempts ? retries : fresh
		;(isDue ? due : delayed).push(entry)
	}

	function standOrEnd(queue: ChatQueue) {
		if (queue.numbers.size) return stand(queue)
		standing.delete(queue)
		queues.delete(queue.key)
	}

	/** Another event is the first one now. */
	function beginAgain(queue: ChatQueue, next: number) {
		const { first = Infinity } = queue.numbers
		const skipped = queue.skipped.filter((number) => number > first)
		Object.assign(queue, { attempts: 0, next, why: null, skipped, batch: 1, failing: undefined })
	}

	function firstOf(heap: typeof fresh): ChatQueue | undefined {
		for (let entry = heap.peek(); entry; entry = heap.peek()) {
			if (standing.get(entry.queue) === entry) return entry.queue
			heap.pop()
		}
		return undefined
	}

	function start(queue: ChatQueue | undefined): ChatQueue | undefined {
		if (!queue) return undefined
		standing.delete(queue)
		inFlight.add(queue)
		return queue
	}

	function mayRetry(most: number): boolean {
		let retrying = 0
		for (const { attempts } of inFlight) if (attempts) retrying++
		return retrying < most
	}

	return {
		/** Appends an event; true if nothing of its chat was waiting. */
		add(
			key: string,
			number: number,
			state?: Partial<Pick<ChatQueue, 'attempts' | 'next' | 'why' | 'skipped'>>,
		): boolean {
			count++
			const known = queues.get(key)
			if (known) {
				known.numbers.add(number)
				return false
			}
			const { attempts = 0, next = 0, why = null, skipped = [] } = state ?? {}
			const queue: ChatQueue = {
				key,
				numbers: createDeque(),
				attempts,
				next,
				why,
				skipped,
				probed: 0,
				batch: 1,
			}
			queue.numbers.add(number)
			queues.set(key, queue)
			stand(queue)
			return true
		},
		/**
		 * Takes the due queue with the oldest event: it is in flight now.
		 * @param maxRetries how many queues may retry at once, so that failing chats do not hold up others
		 */
		take(maxRetries: number): ChatQueue | undefined {
			for (let due = firstOf(delayed); due && due.next <= now(); due = firstOf(delayed)) stand(due)
			return start(older(firstOf(fresh), mayRetry(maxRetries) ? firstOf(retries) : undefined))
		},
		/** Takes the queue that was probed longest ago, and of those the one with the oldest event. */
		probe(): ChatQueue | undefined {
			let best: ChatQueue | undefined
			for (const queue of standing.keys()) if (!best || before(queue, best)) best = queue
			return start(best)
		},
		/** Removes the events that were delivered. The rest is due at `next`, or at once. */
		settle(queue: ChatQueue, next = 0) {
			for (let n = 0; n < queue.batch; n++) {
				count--
				queue.numbers.drop()
			}
			beginAgain(queue, next)
			inFlight.delete(queue)
			standOrEnd(queue)
		},
		/** Takes events out of a queue; none of them may be in flight. */
		remove(queue: ChatQueue, numbers: ReadonlySet<number>) {
			const { first, size } = queue.numbers
			queue.numbers.remove(numbers)
			count -= size - queue.numbers.size
			queue.skipped = [...queue.skipped, ...numbers]
			// A batch that is not due yet still waits for its time.
			if (queue.numbers.first !== first) beginAgain(queue, queue.attempts ? 0 : queue.next)
			if (!inFlight.has(queue)) standOrEnd(queue)
		},
		/** The first event of a queue is due again at a time. */
		postpone(queue: ChatQueue, next: number) {
			queue.next = next
			inFlight.delete(queue)
			stand(queue)
		},
		/** A queue that was not tried yet is due at a time. */
		delay(queue: ChatQueue, next: number) {
			if (inFlight.has(queue) || queue.attempts) return
			queue.next = next
			stand(queue)
		},
		/** Makes every queue that waits for its time due now. @returns those queues */
		makeAllDue(): ChatQueue[] {
			const due: ChatQueue[] = []
			for (let queue = firstOf(delayed); queue; queue = firstOf(delayed)) {
				queue.next = 0
				stand(queue)
				due.push(queue)
			}
			return due
		},
		/** When the next delayed queue is due: Unix time in milliseconds. */
		soonest: () => firstOf(delayed)?.next,
		isInFlight: (queue: ChatQueue) => inFlight.has(queue),
		get: (key: string) => queues.get(key),
		all: () => [...queues.values()],
		get count() {
			return count
		},
		get inFlight() {
			return inFlight.size
		},
	}
}

function before(a: ChatQueue, b: ChatQueue): boolean {
	if (a.probed !== b.probed) return a.probed < b.probed
	return a.numbers.first! < b.numbers.first!
}

function older(a: ChatQueue | undefined, b: ChatQueue | undefined): ChatQueue | undefined {
	return a && b ? (a.numbers.first! < b.numbers.first! ? a : b) : (a ?? b)
}
