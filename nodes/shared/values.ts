/** How to read a filled-in text. */
export type Shape = 'lines' | 'anyLines' | 'json' | 'time' | 'text'

/** What the gateway is given for it. */
export function valueOf(value: unknown, shape: Shape, timezone = 'UTC'): unknown {
	if (shape === 'lines' || shape === 'anyLines') return linesOf(value)
	if (shape === 'json') return typeof value === 'string' ? parsed(value) : value
	return shape === 'time' ? timeOf(value, timezone) : value
}

// An expression may give an array, or a single number.
function linesOf(value: unknown): string[] {
	const lines = Array.isArray(value) ? value.map(String) : String(value ?? '').split('\n')
	return lines.map((line) => line.trim()).filter(Boolean)
}

// Text that is not JSON is sent unchanged: the gateway's error says what it expects.
function parsed(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return text
	}
}

/** n8n's picker gives a time on the clock of the workflow, an expression may give a moment. */
function timeOf(value: unknown, timezone: string): string {
	if (value instanceof Date) return value.toISOString()
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
