/** How to read what was filled in. An expression may give any type: a row of a sheet or of SQL has numbers. */
export type Shape =
	'string' | 'number' | 'boolean' | 'lines' | 'anyLines' | 'json' | 'time' | 'text'

type Reader = (value: unknown, timezone: string) => unknown

const readers: Record<Shape, Reader> = {
	string: textOf,
	text: textOf,
	number: numberOf,
	boolean: booleanOf,
	lines: linesOf,
	anyLines: linesOf,
	json: (value) => (typeof value === 'string' ? parsed(value) : value),
	time: timeOf,
}

/** What the gateway is given for it. What cannot be read is sent unchanged: the gateway's error says what it expects. */
export const valueOf = (value: unknown, shape: Shape, timezone = 'UTC'): unknown =>
	readers[shape](value, timezone)

/** A text that a field takes; `undefined` and objects stay. */
export function textOf(value: unknown): unknown {
	if (value instanceof Date) return value.toISOString()
	return ['number', 'bigint', 'boolean'].includes(typeof value) ? String(value) : value
}

function numberOf(value: unknown): unknown {
	if (typeof value !== 'string' || value.trim() === '') return value
	const number = Number(value)
	return Number.isFinite(number) ? number : value
}

const SWITCH: Record<string, boolean> = { true: true, false: false, '1': true, '0': false }

function booleanOf(value: unknown): unknown {
	return SWITCH[String(value).trim().toLowerCase()] ?? value
}

// An expression may give an array, or a single number.
function linesOf(value: unknown): string[] {
	const lines = Array.isArray(value) ? value.map(String) : String(value ?? '').split('\n')
	return lines.map((line) => line.trim()).filter(Boolean)
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return text
	}
}

/** From here on a number is a Unix time in milliseconds, not in seconds: as seconds it would be the year 5138. */
const FIRST_MILLISECONDS = 1e11

const momentOf = (unix: number): Date =>
	new Date(Math.abs(unix) < FIRST_MILLISECONDS ? unix * 1000 : unix)

/** n8n's picker gives a time on the clock of the workflow, an expression may give a moment. */
function timeOf(value: unknown, timezone: string): string {
	if (value instanceof Date) return value.toISOString()
	if (typeof value === 'number') return momentOf(value).toISOString()
	const text = String(value ?? '')
	return /^\d{4}-\d\d-\d\d([T ][\d:.]+)?$/.test(text) ? inZone(text, timezone) : text
}

function inZone(text: string, timezone: string): string {
	const asIfUtc = new Date(`${text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')}Z`)
	if (Number.isNaN(asIfUtc.getTime())) return text
	// Twice, because the first guess may lie on the other side of a change of the clocks.
	const guess = new Date(asIfUtc.getTime() - offsetAt(asIfUtc, timezone))
	return new Date(asIfUtc.getTime() - offsetAt(guess, timezone)).toISOString()
}

/** By how many milliseconds the clocks of a time zone are ahead of UTC. */
function offsetAt(moment: Date, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(moment)
	const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
	const { year = 0, month = 1, day, hour, minute, second } = part
	return (
		Date.UTC(year, month - 1, day, hour, minute, second) -
		Math.floor(moment.getTime() / 1000) * 1000
	)
}
