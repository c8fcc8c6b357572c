import type { DestinationStream } from 'pino'

type Level = { word: string; color: number }

const levels: Record<number, Level> = {
	10: { word: 'trace', color: 90 },
	20: { word: 'debug', color: 90 },
	30: { word: 'info', color: 32 },
	40: { word: 'warn', color: 33 },
	50: { word: 'error', color: 31 },
	60: { word: 'fatal', color: 31 },
}
const GREY = 90
/** The widest word. */
const LEVEL_WIDTH = 5

/** Pino's, and perhaps a buffer. */
type Output = DestinationStream & { flushSync?(): void }
type LoggedError = { message?: string; stack?: string }
type Line = {
	level: number
	time: number
	msg?: string
	session?: string
	why?: string
	err?: LoggedError
	[field: string]: unknown
}

/**
 * Turns JSON lines into lines for people: time, level, session, sentence, and what else is known.
 * @param hasColors whether the terminal shows colours
 */
export function textLines(out: Output, hasColors: boolean): DestinationStream {
	const paint = (color: number, text: string) =>
		hasColors && text ? `\u001b[${color}m${text}\u001b[0m` : text
	const write = (json: string) => out.write(`${textOf(JSON.parse(json) as Line, paint)}\n`)
	// pino asks for it before the process ends.
	return Object.assign({ write }, out.flushSync && { flushSync: () => out.flushSync!() })
}

function textOf(line: Line, paint: (color: number, text: string) => string): string {
	const { level, time, msg = '', session, why, err, ...rest } = line
	const { word, color } = levels[level] ?? { word: String(level), color: GREY }
	const sentence = [msg, err?.message, why].filter(Boolean).join(': ')
	const facts = Object.entries(rest).map(([name, value]) => `${name}=${valueText(value)}`)
	const parts = [
		paint(GREY, clockTime(new Date(time))),
		paint(color, word.padEnd(LEVEL_WIDTH)),
		session === undefined ? '' : `[${printable(session)}]`,
		printable(sentence),
		paint(GREY, printable(facts.join(' '))),
	]
	return [parts.filter(Boolean).join(' '), ...stackOf(level, err)].join('\n')
}

const pad = (number: number) => String(number).padStart(2, '0')
const clockTime = (time: Date) =>
	[time.getHours(), time.getMinutes(), time.getSeconds()].map(pad).join(':')

const valueText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** Where an error comes from: for those of our own. */
function stackOf(level: number, err: LoggedError | undefined): string[] {
	if (level < 50 || !err?.stack) return []
	return err.stack.split('\n').slice(1).map(printable)
}

/** Nothing that is logged may move the cursor or change the direction of text. */
const printable = (text: string) =>
	text.replaceAll(
		/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	)
