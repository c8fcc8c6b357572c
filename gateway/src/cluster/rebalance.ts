import { jittered } from '../lib/backoff.ts'
import { MINUTE_MS } from '../lib/units.ts'
import type { Log } from '../log.ts'
import type { Membership } from '../storage/membership.ts'
import type { Hand } from './hand.ts'
import type { SessionHost } from './host.ts'
import { hasTooMany } from './share.ts'

/** How often it is looked whether other nodes have much less, give or take a part. */
const LOOK_MS = MINUTE_MS
const UNEVEN = 0.3
/** Between two that are given away. */
const BETWEEN_MS = 10_000
/** A session that has come here stays for so long. */
const STAYS_MS = 10 * MINUTE_MS

export type RebalanceOptions = { membership: Membership; hand: Hand; host: SessionHost; log: Log }

/** Gives sessions to nodes that have much less, one after the other, the idlest first. */
export function createRebalancing({ membership, hand, host, log }: RebalanceOptions) {
	/** When each was given away last: it may have come back. */
	const moved = new Map<string, number>()
	let timer: NodeJS.Timeout | undefined

	function idlest(): string | undefined {
		const now = Date.now()
		for (const [id, at] of moved) if (now > at + STAYS_MS) moved.delete(id)
		const idle = hand.here().filter((id) => !moved.has(id) && host.isIdle(id))
		return idle.sort((a, b) => host.lastEvent(a) - host.lastEvent(b))[0]
	}

	async function look(): Promise<boolean> {
		if (!membership.holds() || !hasTooMany(await membership.spread())) return false
		const id = idlest()
		if (id === undefined) return false
		log.info({ session: id }, 'session given to a node that has less')
		moved.set(id, Date.now())
		await hand.giveAway(id)
		return true
	}

	function next(ms: number) {
		timer = setTimeout(() => {
			void look()
				.catch(() => false)
				.then((isMoved) => timer && next(isMoved ? BETWEEN_MS : jittered(LOOK_MS, UNEVEN)))
		}, ms).unref()
	}

	return {
		start: () => next(LOOK_MS),
		stop() {
			clearTimeout(timer)
			timer = undefined
		},
	}
}
