import { createKeyedMutex } from '../lib/keyed-mutex.ts'
import { createSemaphore } from '../lib/semaphore.ts'
import type { Log } from '../log.ts'
import type { Membership } from '../storage/membership.ts'
import type { SessionHost } from './host.ts'

/**
 * Sessions opened at a time. It is more than the handshakes at a time (`session/sessions.ts`): an opening also waits for the
 * database and for queries after the login.
 */
const OPENED_AT_ONCE = 10
/** Closing waits for WhatsApp and for the database. */
export const CLOSED_AT_ONCE = 4
/** A session that is being connected makes room for the next one after so long. */
const CONNECTING_MS = 5_000
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
	/** Another session may be opened. */
	hasRoom(): void
}

/** The sessions that this node has. */
export type Hand = ReturnType<typeof createHand>

export function createHand({ membership, host, log, changed, hasRoom }: HandOptions) {
	/** Where each of them is on its way; only those that are `here` take requests. */
	const places = new Map<string, 'opening' | 'here' | 'leaving'>()
	const failures = new Map<string, number>()
	let opening = 0
	const closing = createSemaphore(CLOSED_AT_ONCE)
	const inTurn = createKeyedMutex()

	function place(id: string, where: 'opening' | 'here' | 'leaving' | undefined) {
		if (where) places.set(id, where)
		else places.delete(id)
		changed(id)
	}

	async function open(id: string): Promise<void> {
		place(id, 'opening')
		opening++
		try {
			await inTurn(id, () => openNow(id))
			await host.connected(id, CONNECTING_MS)
			membership.tellOpened(id).catch(() => {})
		} finally {
			opening--
			hasRoom()
		}
	}

	async function openNow(id: string) {
		// It may have been lost before its turn came.
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

	return {
		/** Opens a session that was claimed. Resolves when it is connected, or cannot be for now. */
		open,
		/**
		 * How many more sessions may be opened now. A node claims no more than that: other nodes may have room, and a request
		 * can still bring its session forward.
		 */
		room: () => OPENED_AT_ONCE - opening,
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
		 * Gives a session to another node: it is closed here before another node can have it. Until its turn comes it takes
		 * requests.
		 * @param taken waits until another node has opened it; the next one is closed then
		 */
		giveAway: (id: string, taken = async () => {}): Promise<void> =>
			closing.run(async () => {
				await inTurn(id, async () => {
					if (places.get(id) === 'here') place(id, 'leaving')
					await closeNow(id, SENDS_MS)
					await membership.release(id)
				})
				await taken()
			}),
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
