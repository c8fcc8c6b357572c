import type { Behind, Letter, Positions } from '../core/positions.ts'
import type { Journal } from '../core/session.ts'
import { orderKey, type GatewayEvent } from '../events/index.ts'
import type { Log } from '../log.ts'
import type { Change } from '../storage/driver.ts'
import { letterheadOf, type Bodies } from './bodies.ts'
import type { Clock } from './clock.ts'
import { createDispatch } from './dispatch.ts'
import { createLanes, type Lane } from './lanes.ts'
import type { Letterhead, Post } from './post.ts'
import { createSaver } from './saver.ts'
import type { Schedule } from './schedule.ts'
import { wantsEvent, type Webhook } from './webhooks.ts'

export type LineOptions = {
	/** The name under which its position is kept. */
	reader: string
	session: string
	/** Read afresh each time; undefined once it is gone or disabled. */
	webhook(): Webhook | undefined
	journal(): Promise<Journal>
	post: Post
	bodies: Bodies
	clock: Clock
	schedule: Schedule
	log: Log
	/** The target answered 410 Gone. */
	gone(webhook: Webhook): void
	/** The number of those that wait has changed. */
	moved(): void
}

/** Events read at a time when catching up. */
const PAGE = 500
/** How often its position is saved, while it moves. */
const SAVE_MS = 300
/** So many events that it does not want are passed over before that is saved. */
const PASSED_UNSAVED = 1_000
/** After the log could not be read. */
const RETRY_MS = 5_000

/** Letters wait in lanes of their own: what is new need not wait for what is repeated. */
const AGAIN = 'again/'

export type Line = ReturnType<typeof createLine>

/** Brings the events of a session to one webhook: each at least once, those of a chat in their order. */
export function createLine(options: LineOptions) {
	const { reader, session, journal, bodies, clock, log } = options
	const lanes = createLanes(clock.now)
	const dispatch = createDispatch({
		...options,
		lanes,
		letterFor,
		settled,
		givenUp,
		noted: ({ key }) => touch(key),
		attempted: options.moved,
	})
	const saver = createSaver(save, SAVE_MS, (err) => log.warn({ err }, 'position not saved'))
	const touched = new Set<string>()
	const stored = new Set<string>()
	const letters: ((positions: Positions) => Change)[] = []
	const dead = new Set<number>()
	const repeating = new Set<number>()
	// Chats that were behind at the position where it begins, until everything up to there is read again.
	let behind = new Map<string, Behind>()
	let begin = -1
	let scanned = -1
	let saved = -1
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
		const position = found.get(reader) ?? { seq: end }
		if (!found.has(reader)) await commit([positions.at(reader, position)])
		if (isClosed) return
		behind = late
		for (const chat of late.keys()) stored.add(chat)
		for (const number of dying) dead.add(number)
		begin = saved = position.seq
		scanned = Math.min(begin, ...[...late.values()].map(({ head }) => head - 1))
		known = Math.max(known, end)
		if (position.down) dispatch.startDown()
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
				page.forEach(consider)
				// What is not there any more was pruned.
				if (page.length === 0) scanned = known
				if (scanned >= begin) forgetBehind()
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
		if (scanned < begin) return
		for (const chat of behind.keys()) touch(chat)
		behind = new Map()
	}

	/** True if this is an event to be delivered. */
	function consider(event: GatewayEvent): boolean {
		scanned = event.seq
		const chat = orderKey(event)
		const late = behind.get(chat)
		const isSettled = event.seq <= begin && !(late && event.seq >= late.head)
		const webhook = options.webhook()
		if (isSettled || !webhook || !wantsEvent(webhook, event)) {
			if (scanned - saved > PASSED_UNSAVED) saver.touch()
			return false
		}
		if (lanes.add(chat, event.seq, late?.head === event.seq ? late : undefined)) touch(chat)
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
			lanes.add(AGAIN + orderKey(event), event.seq)
		}
		dispatch.pump()
	}

	async function letterFor(lane: Lane, number: number): Promise<Letterhead | undefined> {
		const kept = bodies.get(session, number)
		if (kept) return kept
		const { events, positions } = await journal()
		const [event] = isAgain(lane)
			? [(await positions.letter(reader, 'again', number))?.event]
			: await events.after(number - 1, 1)
		return event?.seq === number ? letterheadOf(event) : undefined
	}

	function settled(lane: Lane, number: number) {
		lanes.settle(lane)
		if (isAgain(lane)) {
			repeating.delete(number)
			letters.push((positions) => positions.shelve(reader, 'again', number, null))
		}
		touch(lane.key)
	}

	function givenUp(lane: Lane, number: number, { id, body }: Letterhead) {
		const { attempts, why } = lane
		const event = JSON.parse(body) as GatewayEvent
		const letter: Letter = { event, attempts, why, at: new Date(clock.now()).toISOString() }
		letters.push((positions) => positions.shelve(reader, 'dead', number, letter))
		dead.add(number)
		log.error({ event: id, attempts, why }, 'event given up: the webhook never took it')
		settled(lane, number)
	}

	function touch(key: string) {
		if (!key.startsWith(AGAIN)) touched.add(key)
		saver.touch()
	}

	async function save() {
		const { positions, commit } = await journal()
		// Before that, a chat that seems to be done may only not have been read on.
		if (scanned < begin || begin < 0) return
		const chats = [...touched]
		const moves = letters.splice(0)
		touched.clear()
		const isDown = dispatch.downSince !== undefined
		const position = { seq: scanned, ...(isDown && { down: true }) }
		try {
			await commit([
				positions.at(reader, position),
				...chats.flatMap((chat) => chatChange(positions, chat)),
				...moves.map((change) => change(positions)),
			])
			saved = position.seq
		} catch (error) {
			letters.unshift(...moves)
			for (const chat of chats) {
				touched.add(chat)
				stored.add(chat)
			}
			throw error
		}
	}

	function chatChange(positions: Positions, chat: string): Change[] {
		const lane = lanes.get(chat)
		if (!lane) return stored.delete(chat) ? [positions.chat(reader, chat, null)] : []
		stored.add(chat)
		const { attempts, next, why } = lane
		return [positions.chat(reader, chat, { head: lane.numbers.first!, attempts, next, why })]
	}

	return {
		/** Something happened. Returns at once. */
		offer(event: GatewayEvent) {
			known = Math.max(known, event.seq)
			if (isClosed || begin < 0 || event.seq <= scanned) return
			if (scanning || event.seq > scanned + 1) return void catchUp()
			if (!consider(event)) return
			bodies.keep(event)
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
		save: () => saver.flush(),
		/** The chats in which something waits. */
		waiting: () => lanes.all(),
		/** Brings dead letters, and copies of events, once more. Tells how many. */
		async again(numbers: number[], copies: Letter[] = []): Promise<number> {
			await saver.flush()
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
			await saver.flush()
		},
	}
}

export const isAgain = ({ key }: Lane) => key.startsWith(AGAIN)
