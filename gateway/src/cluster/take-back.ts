import { jittered } from '../lib/backoff.ts'
import { MINUTE_MS } from '../lib/units.ts'
import type { Membership } from '../storage/membership.ts'

/** Between WhatsApp's word that a session is connected elsewhere and the attempt to take it back, give or take a part. */
const WAIT_MS = MINUTE_MS
const UNEVEN = 0.5
/** A session is taken back once in so long: two that do so would never come to rest. */
const ONCE_IN_MS = 10 * MINUTE_MS

/**
 * What to do when WhatsApp says that a session was connected elsewhere: a node that has lost its lease without knowing
 * may have had it. Who can prove that the session is its own tries once more.
 * @returns a function that gives the time to wait before that, in milliseconds; undefined to leave the session
 */
export function createTakeBack(membership: Pick<Membership, 'prove' | 'epochOf'>) {
	const tried = new Map<string, number>()
	return async function takeBack(session: string): Promise<number | undefined> {
		const holds = await membership.prove().catch(() => false)
		if (!holds || membership.epochOf(session) === undefined) return undefined
		const now = Date.now()
		for (const [id, at] of tried) if (now > at + ONCE_IN_MS) tried.delete(id)
		if (tried.has(session)) return undefined
		tried.set(session, now)
		return jittered(WAIT_MS, UNEVEN)
	}
}
