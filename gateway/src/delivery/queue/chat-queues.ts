import { createHeap } from '../../lib/heap.ts'
import { createNumbers, type Numbers } from '../../lib/deque.ts'

/** The events of one chat that wait for a webhook. Only the first of them is ever on its way. */
export type Lane = {
	readonly key: string
	readonly numbers: Numbers
	/** How often the first was offered and not taken. */
	attempts: number
	/** When it is offered next, in milliseconds. */
	next: number
	why: string | null
	/** When it was last tried while everything else had to wait. */
	probed: number
	/** Since when the first was not taken. */
	failing?: number | undefined
	/** How many of the first are told at once. */
	batch: number
	/** When the first and the last of those that are told at once happened. */
	since?: number | undefined
	latest?: number | undefined
}

type Entry = { rank: number; lane: Lane }
export type Lanes = ReturnType<typeof createLanes>

/** Everything that waits for a webhook: by number only, the events themselves stay in the log. */
export function createLanes(now: () => number) {
	const lanes = new Map<string, Lane>()
	const flying = new Set<Lane>()
	// Where a lane stands. Others that speak of it are out of date and passed over.
	const places = new Map<Lane, Entry>()
	const ready = createHeap<Entry>()
	const delayed = createHeap<Entry>()
	let count = 0

	function stand(lane: Lane) {
		const isDue = lane.next <= now()
		const entry = { rank: isDue ? lane.numbers.first! : lane.next, lane }
		places.set(lane, entry)
		;(isDue ? ready : delayed).push(entry)
	}

	function firstOf(heap: typeof ready): Lane | undefined {
		for (let entry = heap.peek(); entry; entry = heap.peek()) {
			if (places.get(entry.lane) === entry) return entry.lane
			heap.pop()
		}
		return undefined
	}

	function fly(lane: Lane | undefined): Lane | undefined {
		if (!lane) return undefined
		places.delete(lane)
		flying.add(lane)
		return lane
	}

	return {
		/** Appends an event; true if nothing of its chat was waiting. */
		add(key: string, number: number, state?: Pick<Lane, 'attempts' | 'next' | 'why'>): boolean {
			count++
			const known = lanes.get(key)
			if (known) {
				known.numbers.add(number)
				return false
			}
			const { attempts = 0, next = 0, why = null } = state ?? {}
			const lane = { key, numbers: createNumbers(), attempts, next, why, probed: 0, batch: 1 }
			lane.numbers.add(number)
			lanes.set(key, lane)
			stand(lane)
			return true
		},
		/** The chat whose first event is the oldest of those whose time has come: it is on its way now. */
		take(): Lane | undefined {
			for (let due = firstOf(delayed); due && due.next <= now(); due = firstOf(delayed)) stand(due)
			return fly(firstOf(ready))
		},
		/** The chat that was probed longest ago, and of those the one with the oldest event. */
		probe(): Lane | undefined {
			let best: Lane | undefined
			for (const lane of places.keys()) if (!best || before(lane, best)) best = lane
			return fly(best)
		},
		/** What was told of a chat needs nothing more. What is left is offered at a time, or at once. */
		settle(lane: Lane, next = 0) {
			for (let n = 0; n < lane.batch; n++) {
				count--
				lane.numbers.drop()
			}
			Object.assign(lane, { attempts: 0, next, why: null, batch: 1, failing: undefined })
			flying.delete(lane)
			if (lane.numbers.size) stand(lane)
			else lanes.delete(lane.key)
		},
		/** The first event of a chat is offered again at a time. */
		postpone(lane: Lane, next: number) {
			lane.next = next
			flying.delete(lane)
			stand(lane)
		},
		/** What a chat has, and was not tried yet, is offered at a time. */
		delay(lane: Lane, next: number) {
			if (flying.has(lane) || lane.attempts) return
			lane.next = next
			stand(lane)
		},
		/** Whatever waits for its time is due now. */
		hasten(): Lane[] {
			const hastened: Lane[] = []
			for (let lane = firstOf(delayed); lane; lane = firstOf(delayed)) {
				lane.next = 0
				stand(lane)
				hastened.push(lane)
			}
			return hastened
		},
		/** When the next of those that wait for their time is due. */
		soonest: () => firstOf(delayed)?.next,
		get: (key: string) => lanes.get(key),
		all: () => [...lanes.values()],
		get count() {
			return count
		},
		get flying() {
			return flying.size
		},
	}
}

function before(a: Lane, b: Lane): boolean {
	if (a.probed !== b.probed) return a.probed < b.probed
	return a.numbers.first! < b.numbers.first!
}
