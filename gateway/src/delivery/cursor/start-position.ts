import type { Cursor } from '../../session/state/cursors.ts'
import { DAY_MS, HOUR_MS } from '../../lib/units.ts'
import type { Journal } from '../../session/journal.ts'
import { readerOf, type StartAt, type Webhook } from '../registry/webhook.ts'

/** How long the cursor of a deleted webhook that may resume is kept: as long as events are. */
const KEEP_CURSOR_MS = 14 * DAY_MS
/** How long dead letters are kept. */
const KEEP_DEAD_LETTERS_MS = 30 * DAY_MS

const isExpired = ({ left }: Cursor, now: number) =>
	left !== undefined && Date.parse(left) < now - KEEP_CURSOR_MS

/** Gives a new webhook its cursor: where the one of its resume name left off, or where it asks to begin. */
export async function startPosition(
	journal: Journal,
	webhook: Webhook,
	{ from, catch_up: limit = {} }: StartAt,
	now: number,
): Promise<void> {
	const { events, cursors, commit, newest } = journal
	const reader = readerOf(webhook)
	const kept = (await cursors.list()).get(reader)
	if (kept && !isExpired(kept, now)) {
		const { left: _, ...cursor } = kept
		const earliest = await earliestOf(journal, limit, now)
		if (earliest > cursor.seq) return cursors.rewind(reader, earliest)
		return commit([cursors.at(reader, cursor)])
	}
	if (kept) await cursors.forget(reader)
	const end = await newest()
	if (typeof from === 'number') return commit([cursors.at(reader, { seq: Math.min(from, end) })])
	const isTime = from !== undefined && from !== 'now'
	const seq = isTime ? await events.before(Date.parse(from)) : end
	await commit([cursors.at(reader, { seq: Math.min(seq, end) })])
}

/** The number after which a webhook that resumes gets events. */
async function earliestOf(
	{ events, newest }: Journal,
	{ hours, events: count }: NonNullable<StartAt['catch_up']>,
	now: number,
): Promise<number> {
	const byTime = hours === undefined ? 0 : await events.before(now - hours * HOUR_MS)
	const byCount = count === undefined ? 0 : (await newest()) - count
	return Math.max(byTime, byCount)
}

/** Marks the cursors of deleted webhooks, and deletes those that cannot resume any more. @param present the readers of today's webhooks */
export async function pruneCursors(
	{ cursors, commit }: Journal,
	present: ReadonlySet<string>,
	now: number,
): Promise<void> {
	for (const [reader, cursor] of await cursors.list()) {
		if (present.has(reader)) continue
		const mayReturn = reader.startsWith('resume:') && !isExpired(cursor, now)
		if (!mayReturn) await cursors.forget(reader)
		else if (!cursor.left)
			await commit([cursors.at(reader, { ...cursor, left: new Date(now).toISOString() })])
	}
}

/** Deletes old dead letters. */
export async function pruneDeadLetters({ cursors, commit }: Journal, now: number): Promise<void> {
	for (const reader of (await cursors.list()).keys()) {
		for (const seq of await cursors.deadLetters.numbers(reader)) {
			const deadLetter = await cursors.deadLetters.get(reader, seq)
			if (!deadLetter || Date.parse(deadLetter.at) > now - KEEP_DEAD_LETTERS_MS) break
			await commit([cursors.deadLetters.remove(reader, seq)])
		}
	}
}
