import type { Position } from '../../session/state/cursors.ts'
import type { Journal } from '../../session/journal.ts'
import { readerOf, type Beginning, type Webhook } from '../registry/webhooks.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
/** So long the place of one who has left is kept: as long as the events. */
const KEEP_PLACE_MS = 14 * DAY_MS
/** So long what was given up is kept. */
const KEEP_LETTERS_MS = 30 * DAY_MS

const isExpired = ({ left }: Position, now: number) =>
	left !== undefined && Date.parse(left) < now - KEEP_PLACE_MS

/** Gives a new webhook its place in the events: where its namesake left, or where it wants to begin. */
export async function takePlace(
	journal: Journal,
	webhook: Webhook,
	{ from, catch_up: limit = {} }: Beginning,
	now: number,
): Promise<void> {
	const { events, positions, commit, newest } = journal
	const reader = readerOf(webhook)
	const kept = (await positions.list()).get(reader)
	if (kept && !isExpired(kept, now)) {
		const { left: _, ...position } = kept
		const earliest = await earliestOf(journal, limit, now)
		if (earliest > position.seq) return positions.rewind(reader, earliest)
		return commit([positions.at(reader, position)])
	}
	if (kept) await positions.forget(reader)
	const end = await newest()
	if (typeof from === 'number') return commit([positions.at(reader, { seq: Math.min(from, end) })])
	const isTime = from !== undefined && from !== 'now'
	const seq = isTime ? await events.before(Date.parse(from)) : end
	await commit([positions.at(reader, { seq: Math.min(seq, end) })])
}

/** Nothing before this is for one who comes back. */
async function earliestOf(
	{ events, newest }: Journal,
	{ hours, events: count }: NonNullable<Beginning['catch_up']>,
	now: number,
): Promise<number> {
	const byTime = hours === undefined ? 0 : await events.before(now - hours * HOUR_MS)
	const byCount = count === undefined ? 0 : (await newest()) - count
	return Math.max(byTime, byCount)
}

/** Notes who has left, and forgets those who have left for good. `present` are the readers who have not. */
export async function tidyPlaces(
	{ positions, commit }: Journal,
	present: ReadonlySet<string>,
	now: number,
): Promise<void> {
	for (const [reader, position] of await positions.list()) {
		if (present.has(reader)) continue
		const mayReturn = reader.startsWith('resume:') && !isExpired(position, now)
		if (!mayReturn) await positions.forget(reader)
		else if (!position.left)
			await commit([positions.at(reader, { ...position, left: new Date(now).toISOString() })])
	}
}

/** Forgets what was given up long ago. */
export async function tidyLetters({ positions, commit }: Journal, now: number): Promise<void> {
	for (const reader of (await positions.list()).keys()) {
		for (const seq of await positions.letters(reader, 'dead')) {
			const letter = await positions.letter(reader, 'dead', seq)
			if (!letter || Date.parse(letter.at) > now - KEEP_LETTERS_MS) break
			await commit([positions.shelve(reader, 'dead', seq, null)])
		}
	}
}
