import { HOUR_MS } from '../../lib/units.ts'
import type { AccountLimits } from '../ask/account-limits.ts'
import type { KnownLimits } from '../state/governor.ts'
import type { Hold } from './reasons.ts'

/** WhatsApp's figures are asked for again after so long, if they matter then. */
export const FRESH_MS = HOUR_MS
/** After a refusal of which WhatsApp does not say how long it lasts. */
const REFUSED_MS = HOUR_MS

/** What is known of an account that was never asked about. */
export const nothingKnown: KnownLimits = {
	reachout: { active: false, until: null, type: null },
	newChats: { quota: null, used: null, status: null },
	askedAt: 0,
}

/** How long WhatsApp lets nobody new be written to: Unix time in milliseconds; 0 if it does. */
export function lockedUntil({ reachout, askedAt, refusedAt }: KnownLimits): number {
	// WhatsApp was not asked since, or did not say that there is a lock at all.
	const assumed = refusedAt === undefined ? 0 : refusedAt + REFUSED_MS
	if (!reachout.active || askedAt < (refusedAt ?? 0))
		return Math.max(assumed, toldEnd(reachout, askedAt))
	return toldEnd(reachout, askedAt)
}

const toldEnd = ({ active, until }: AccountLimits['reachout'], askedAt: number) =>
	active ? (until === null ? askedAt + FRESH_MS : until * 1000) : 0

/** @param begun how many chats were begun since WhatsApp was asked */
export function capOf({ newChats, askedAt }: KnownLimits, begun: () => number): Hold | undefined {
	const { quota, used, status } = newChats
	const isUsed = quota !== null && (used ?? 0) + begun() >= quota
	if (!isUsed && status !== 'CAPPED') return undefined
	return { reason: 'new_chat_cap', until: askedAt + FRESH_MS }
}
