import type { Spread } from '../storage/membership.ts'

/** So many are claimed at a time: others that look at the same moment get some as well. */
const CLAIMED_AT_ONCE = 10
/** A node may have so much more than its part. */
const SLACK = 1.1
/** Differences of so few sessions are not worth an interruption. */
const WORTH_MOVING = 5

const meanOf = ({ sessions, nodes }: Spread) => sessions / Math.max(1, nodes)

/** How many free sessions a node claims now: up to its share, and of those that nobody has taken for some time any. */
export function toClaim(spread: Spread): number {
	const room = Math.ceil(meanOf(spread) * SLACK) - spread.own
	return Math.min(CLAIMED_AT_ONCE, spread.free, Math.max(room, spread.leftOver))
}

/** Whether a node has so many more than the others that it gives one away. */
export const hasTooMany = (spread: Spread) =>
	spread.nodes > 1 && spread.own > meanOf(spread) * SLACK + WORTH_MOVING
