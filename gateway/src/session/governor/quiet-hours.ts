import { MINUTE_MS } from '../../lib/units.ts'
import type { SessionSettings } from '../session-settings.ts'

const DAY_MINUTES = 24 * 60

/** @returns when the quiet hours end that it is in now: Unix time in milliseconds; undefined outside of them */
export function quietUntil(
	{ quiet_from: from, quiet_to: to, time_zone: zone }: SessionSettings['governor'],
	now: number,
): number | undefined {
	if (from === null || to === null || from === to) return undefined
	const [begins, ends, minute] = [minuteOf(from), minuteOf(to), minuteIn(zone ?? 'UTC', now)]
	const isQuiet =
		begins < ends ? minute >= begins && minute < ends : minute >= begins || minute < ends
	if (!isQuiet) return undefined
	const left = (ends - minute + DAY_MINUTES) % DAY_MINUTES
	return now - (now % MINUTE_MS) + left * MINUTE_MS
}

/** Of the day. @param time `22:30` */
function minuteOf(time: string): number {
	const [hour, minute] = time.split(':').map(Number)
	return hour! * 60 + minute!
}

/** To make one takes much longer than to use it. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function minuteIn(timeZone: string, now: number): number {
	const clock =
		clocks.get(timeZone) ??
		new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
	clocks.set(timeZone, clock)
	return minuteOf(clock.format(now))
}
