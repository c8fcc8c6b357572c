import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../log.ts'
import type { Membership } from '../storage/membership.ts'
import { CLOSED_AT_ONCE, type Hand } from './hand.ts'

/** Other nodes have so long to open all sessions. After it the remaining sessions are released without waiting. */
const OPENED_WITHIN_MS = 30_000

export type GiveAllAwayOptions = { membership: Membership; hand: Hand; log: Log }

/**
 * Gives all sessions of a node to others, a few at a time: the next one is closed when another node has opened the last
 * one. So each is away for as long as its own move takes, however many there are.
 */
export async function giveAllAway({ membership, hand, log }: GiveAllAwayOptions): Promise<void> {
	const ids = hand.all()
	const { nodes } = await membership.spread().catch(() => ({ nodes: 0 }))
	const opened = new Map(ids.map((id) => [id, Promise.withResolvers<void>()]))
	membership.onOpened((id) => opened.get(id)?.resolve())
	const end = performance.now() + OPENED_WITHIN_MS
	let left = ids.length

	/** Waits until another node has opened a session, but not for longer than its part of the time. */
	async function taken(id: string) {
		const ms = (Math.max(0, end - performance.now()) * CLOSED_AT_ONCE) / left--
		if (nodes > 0) await Promise.race([opened.get(id)!.promise, pause(ms)])
	}

	const giveAway = (id: string) =>
		hand
			.giveAway(id, () => taken(id))
			.catch((err) => log.error({ err, session: id }, 'session not given away'))
	await Promise.all(ids.map(giveAway))
}
