import type { Behind, Letter, Position, Positions } from '../session/state/cursors.ts'
import type { Journal } from '../session/journal.ts'
import { orderKey, type GatewayEvent } from '../events/index.ts'
import type { Log } from '../log.ts'
import { isAgain, laneOfRepeats } from './queue/requeued.ts'
import { createBookmark } from './cursor/checkpoint.ts'
import type { Clock } from '../lib/clock.ts'
import { createDispatch } from './dispatcher.ts'
import { createLanes, type Lane } from './queue/chat-queues.ts'
import type { Letters } from './attempt/payloads.ts'
import { dueAt } from './batching.ts'
import { nextLetter } from './attempt/next-payload.ts'
import type { Letterhead, Post } from './attempt/post.ts'
import type { Schedule } from './queue/retry-schedule.ts'
import type { Webhook } from './registry/webhooks.ts'

export type LineOptions = {
	/** The name under which its position is kept. */
	reader: string
	/** Read afresh each time; undefined once it is gone or disabled. */
	webhook(): Webhook | undefined
	journal(): Promise<Journal>
	post: Post
	letters: Letters
	clock: Clock
	schedule: Schedule
	log: Log
	/** The target has taken an event. */
	taken(webhook: Webhook): void
	/** The target answered 410 Gone. */
	gone(webhook: Webhook): void
	/** The number of those that wait has changed. */
	moved(): void
}

/** Events read at a time when catching up. */
const PAGE = 500
/** So many events that it does not want are passed over before that is saved. */
const PASSED_UNSAVED = 1_000
/** After the log could not be read. */
const RETRY_MS = 5_000

export type Line = ReturnType<typeof createLine>

/** Brings the events of a session to one webhook: each at least once, those of a chat in their order. */
export function createLine(options: LineOptions) {
	const { reader, journal, letters, clock, log } = options
	const lanes = createLanes(clock.now)
	const dispatch = createDispatch({
		...options,
		lanes,
		letterFor: nextLetter(options),
		settled,
		givenUp,
		noted,
		attempted: options.moved,
	})
	const bookmark = createBookmark({ reader, journal, lanes, position, log })
	const dead = new Set<number>()
	const repeating = new Set<number>()
	// Chats that were behind at the position where it begins, until everything up to there is read again.
	let behind = new Map<string, Behind>()
	let begin: Position | undefined
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
		const { positions, newest, commit } = await journal()
		const [found, late, dying, again, end] = await Promise.all([
			positions.list(),
			positions.behind(reader),
			positions.letters(reader, 'dead'),
			positions.letters(reader, 'again').then((numbers) => lettersOf(positions, numbers)),
			newest(),
		])
		const place = found.get(reader) ?? { seq: end }
		if (!found.has(reader)) await commit([positions.at(reader, place)])
		if (isClosed) return
		behind = late
		for (const number of dying) dead.add(number)
		begin = place
		bookmark.begin(place, late)
		scanned = Math.min(place.seq, ...[...late.values()].map(({ head }) => head - 1))
		known = Math.max(known, end)
		if (place.down) dispatch.startDown()
		queueAgain(again)
		await catchUp()
		forgetBehind()
		isLoaded = true
	}

	/** Reads the log up to what is known to be there. */
	async function catchUp(): Promise<void> {
		if (scanned < known) await (scanning ??= readOn())
	}

	async function readOn() {
		try {
			while (!isClosed && scanned < known) {
				const page = await (await journal()).events.after(scanned, PAGE, known)
				const webhook = options.webhook()
				// Who is gone, or disabled, passes nothing over: they may come back.
				if (!webhook) return
				for (const event of page) consider(event, webhook)
				// What is not there any more was pruned.
				if (page.length === 0) scanned = known
				forgetBehind()
				dispatch.pump()
				options.moved()
			}
		} catch (err) {
			log.warn({ err }, 'the events of a session cannot be read now')
			clock.after(RETRY_MS, catchUp)
		} finally {
			scanning = undefined
		}
	}

	/** All of what was behind is in its lanes now, or is not wanted any more. */
	function forgetBehind() {
		if (!position()) return
		for (const chat of behind.keys()) bookmark.touch(chat)
		behind = new Map()
	}

	/** True if this is an event to be delivered. */
	function consider(event: GatewayEvent, webhook: Webhook): boolean {
		scanned = event.seq
		const chat = orderKey(event)
		const late = behind.get(chat)
		const isSettled = event.seq <= begin!.seq && !(late && event.seq >= late.head)
		if (isSettled || !letters.wants(webhook, event)) {
			if (scanned - bookmark.saved > PASSED_UNSAVED) bookmark.soon()
			return false
		}
		if (lanes.add(chat, event.seq, late?.head === event.seq ? late : undefined))
			bookmark.touch(chat)
		if (webhook.merge) {
			const lane = lanes.get(chat)!
			lanes.delay(lane, dueAt(lane, event, webhook.merge))
		}
		return true
	}

	async function lettersOf(
		positions: Positions,
		numbers: number[],
		shelf: 'dead' | 'again' = 'again',
	) {
		const found = await Promise.all(numbers.map((n) => positions.letter(reader, shelf, n)))
		return found.filter((letter) => letter !== undefined)
	}

	function queueAgain(found: Letter[]) {
		for (const { event } of found) {
			if (repeating.has(event.seq)) continue
			repeating.add(event.seq)
			lanes.add(laneOfRepeats(event), event.seq)
		}
		dispatch.pump()
	}

	function settled(lane: Lane, number: number) {
		const merge = options.webhook()?.merge
		// What has come while the last was on its way may be the beginning of more.
		const isNewer = merge && lane.latest !== undefined && lane.numbers.size > lane.batch
		lane.since = isNewer ? lane.latest : undefined
		lanes.settle(lane, isNewer ? lane.latest! + merge.quiet * 1000 : 0)
		if (isAgain(lane)) {
			repeating.delete(number)
			bookmark.move((positions) => positions.shelve(reader, 'again', number, null))
		}
		noted(lane)
	}

	function noted(lane: Lane) {
		if (!isAgain(lane)) bookmark.touch(lane.key)
	}

	function givenUp(lane: Lane, number: number, { id, event }: Letterhead) {
		const { attempts, why } = lane
		const letter: Letter = { event, attempts, why, at: new Date(clock.now()).toISOString() }
		bookmark.move((positions) => positions.shelve(reader, 'dead', event.seq, letter))
		dead.add(event.seq)
		log.error({ event: id, attempts, why }, 'event given up: the webhook never took it')
		settled(lane, number)
	}

	/** Where to go on after a stop. Before it has read what was behind, a chat may only seem to be done. */
	function position(): Position | undefined {
		if (!begin || scanned < begin.seq) return undefined
		return { seq: scanned, ...(dispatch.downSince !== undefined && { down: true }) }
	}

	return {
		/** Something happened. Returns at once. */
		offer(event: GatewayEvent) {
			known = Math.max(known, event.seq)
			const webhook = options.webhook()
			if (isClosed || !begin || !webhook || event.seq <= scanned) return
			if (scanning || event.seq > scanned + 1) return void catchUp()
			if (!consider(event, webhook)) return
			letters.keep(webhook, event)
			dispatch.pump()
		},
		/** True once what waited from before is known. */
		get isLoaded() {
			return isLoaded
		},
		/** Resolves when it is. */
		ready: () => ready,
		/** How many events wait. */
		get pending() {
			return lanes.count
		},
		/** The numbers of those that were given up. */
		dead: () => [...dead].sort((a, b) => a - b),
		get downSince() {
			return dispatch.downSince
		},
		/** The first event of the log that is still needed. */
		needed() {
			const heads = lanes.all().filter((lane) => !isAgain(lane))
			return Math.min(scanned + 1, ...heads.map(({ numbers }) => numbers.first!))
		},
		/** Resolves when what has been settled so far is saved. */
		save: bookmark.flush,
		/** The chats in which something waits. */
		waiting: () => lanes.all(),
		/** Brings dead letters, and copies of events, once more. Tells how many. */
		async again(numbers: number[], copies: Letter[] = []): Promise<number> {
			await bookmark.flush()
			const { positions, commit } = await journal()
			const dying = await lettersOf(positions, numbers, 'dead')
			const all = [...dying, ...copies]
			await commit([
				...dying.map(({ event }) => positions.shelve(reader, 'dead', event.seq, null)),
				...all.map((letter) => positions.shelve(reader, 'again', letter.event.seq, letter)),
			])
			for (const { event } of dying) dead.delete(event.seq)
			queueAgain(all)
			options.moved()
			return all.length
		},
		/** Starts nothing more, waits a little for what is under way, and saves how far it has got. */
		async close() {
			isClosed = true
			await dispatch.close()
			await scanning
			await bookmark.flush()
		},
	}
}
