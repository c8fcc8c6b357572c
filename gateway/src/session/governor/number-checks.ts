import { HOUR_MS } from '../../lib/units.ts'
import type { CheckedNumbers } from '../state/governor.ts'
import type { Limits } from './figures.ts'

const DAY_HOURS = 24

const hourOf = (now: number) => Math.floor(now / HOUR_MS)

/** How many numbers were looked up in this hour of the clock, and in the last 24 of them. */
export function checksIn(counts: CheckedNumbers, now: number) {
	const hour = hourOf(now)
	const day = recent(counts, hour).reduce((sum, [, count]) => sum + count, 0)
	return { hour: counts[hour] ?? 0, day }
}

/** The counts with some more; those of yesterday are dropped. */
export function withChecks(counts: CheckedNumbers, more: number, now: number): CheckedNumbers {
	const hour = hourOf(now)
	return { ...Object.fromEntries(recent(counts, hour)), [hour]: (counts[hour] ?? 0) + more }
}

/** When so many more fit: Unix time in milliseconds, now if they do already. */
export function checksFreeAt(
	counts: CheckedNumbers,
	more: number,
	{ checksPerHour, checksPerDay }: Limits,
	now: number,
): number {
	if (checksPerHour === null || checksPerDay === null) return now
	const used = checksIn(counts, now)
	const nextHour = (hourOf(now) + 1) * HOUR_MS
	if (used.day + more <= checksPerDay) return used.hour + more <= checksPerHour ? now : nextHour
	let left = used.day
	for (const [hour, count] of recent(counts, hourOf(now))) {
		left -= count
		if (left + more <= checksPerDay) return (Number(hour) + DAY_HOURS) * HOUR_MS
	}
	return nextHour
}

/** The oldest first: keys that are numbers have their order. */
const recent = (counts: CheckedNumbers, hour: number) =>
	Object.entries(counts).filter(([each]) => Number(each) > hour - DAY_HOURS)
