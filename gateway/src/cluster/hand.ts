import { setTimeout as pause } from 'node:timers/promises'
import { createKeyedMutex } from '../lib/keyed-mutex.ts'
import { createSemaphore } from '../lib/semaphore.ts'
import type { Log } from '../log.ts'
import type { Membership } from '../storage/membership.ts'
import type { SessionHost } from './host.ts'

/** Closing waits for WhatsApp and for the database. */
const CLOSED_AT_ONCE = 4
/** Half of them read their state while the others log in. */
const OPENED_AT_ONCE = 8
/** One that does not connect in that time keeps no other waiting. */
const CONNECTS_MS = 5_000
/** How long a session that was given away may be at no node before the next one is given away. */
const CLAIMED_MS = 5_000
const LOOK_MS = 50
/** What has left gets so long to be acknowledged before a session is given away. */
const SENDS_MS = 3_000
/** A session that could not be opened is left to others for so long. */
const LEAVE_ALONE_MS = 30_000

export type HandOptions = {
	membership: Membership
	host: SessionHost
	log: Log
	/** A session is here now, or not any more. */
	changed(session: string): void
}

/** The sessions that this node has. */
export type Hand = ReturnType<typeof createHand>

export function createHand({ membership, host, log, changed }: HandOptions) {
	/** Where each of them is on its way; only those that are `here` take requests. */
	const places = new Map<string, 'opening' | 'here' | 'leaving'>()
	const failures = new Map<string, number>()
	/** Those that are not connected yet. */
	const opening = new Set<string>()
	const closing = createSemaphore(CLOSED_AT_ONCE)
	const inTurn = createKeyedMutex()

	function place(id: string, where: 'opening' | 'here' | 'leaving' | undefined) {
		if (where) places.set(id, where)
		else places.delete(id)
		changed(id)
	}

	async function open(id: string): Promise<void> {
		place(id, 'opening')
		opening.add(id)
		await inTurn(id, () => openNow(id))
		if (places.get(id) === 'here') await host.settled(id, CONNECTS_MS).catch(() => {})
		opening.delete(id)
		changed(id)
	}

	async function openNow(id: string) {
		if (membership.epochOf(id) === undefined) return place(id, undefined)
		try {
			await host.attach(id)
			failures.delete(id)
			place(id, 'here')
		} catch (err) {
			log.error({ err, session: id }, 'session not opened: it is left to other nodes')
			failures.set(id, Date.now())
			await closeNow(id, 0)
			await membership.release(id).catch(() => {})
		}
	}

	async function closeNow(id: string, sendsMs: number) {
		await host.detach(id, sendsMs).catch((err) => {
			log.error({ err, session: id }, 'session not closed cleanly')
		})
		place(id, undefined)
	}

	/** Others are to open it before more are given to them: who has no node waits for one. */
	async function untilClaimed(id: string, latest: number): Promise<void> {
		const end = Math.min(performance.now() + CLAIMED_MS, latest)
		while (performance.now() < end && (await membership.ownerOf(id)) === null) await pause(LOOK_MS)
	}

	return {
		/** How many more sessions may be opened now: one that waits here for its turn could be open elsewhere. */
		room: () => OPENED_AT_ONCE - opening.size,
		/** Opens a session that was claimed. */
		open,
		/** A session was made here. */
		made: (id: string) => place(id, 'here'),
		/** A session was deleted here. */
		async removed(id: string) {
			await membership.release(id)
			place(id, undefined)
		},
		isHere: (id: string) => places.get(id) === 'here',
		/** The sessions that take requests. */
		here: () => [...places].flatMap(([id, where]) => (where === 'here' ? id : [])),
		/** Those that are not to be claimed now. */
		shunned() {
			const now = Date.now()
			for (const [id, at] of failures) if (now > at + LEAVE_ALONE_MS) failures.delete(id)
			// What is still being closed here is not opened beside that.
			return [...failures.keys(), ...places.keys()]
		},
		/**
		 * Gives a session to another node: it is closed here before anybody else can have it.
		 * @param latest from then on (`performance.now()`) it is not waited for that a node takes it
		 */
		async giveAway(id: string, latest = Infinity): Promise<void> {
			if (places.get(id) === 'here') place(id, 'leaving')
			await inTurn(id, () =>
				closing.run(async () => {
					await closeNow(id, SENDS_MS)
					await membership.release(id)
					if ((await membership.spread()).nodes > 0) await untilClaimed(id, latest)
				}),
			)
		},
		/** Closes a session that is not ours any more. */
		async drop(id: string): Promise<void> {
			if (places.has(id)) place(id, 'leaving')
			await inTurn(id, async () => {
				await closeNow(id, 0)
				await membership.release(id)
			})
		},
		all: () => [...places.keys()],
	}
}
