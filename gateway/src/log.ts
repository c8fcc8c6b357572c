import { textLines } from './log/text-lines.ts'
import { destination, pino, type DestinationStream, type Logger } from 'pino'

export type Log = Logger

// Keys, message text and people's numbers never reach a log line, whatever object is logged.
const secret = ['key', 'secret', 'text', 'qr', 'phone', 'to', 'authorization', 'x-api-key']
const redact = secret.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`])

/** Every write wakes a thread, so lines that come together are written together. */
const GATHER_MS = 20
const GATHER_BYTES = 8_192

export type LogFormat = 'auto' | 'text' | 'json'

/** Stdout as the log of a command: lines for people on a terminal, JSON for programs. */
export function logOutput(format: LogFormat): DestinationStream {
	const out = gatheredStdout()
	const { isTTY } = process.stdout
	const isText = format === 'text' || (format === 'auto' && isTTY)
	return isText ? textLines(out, isTTY && process.stdout.hasColors()) : out
}

/** The gateway's log: one JSON line per fact, on stdout unless another stream is given. */
export function createLog(level: string, stream: DestinationStream = gatheredStdout()): Log {
	return pino({ level, base: undefined, redact: { paths: redact, censor: '[redacted]' } }, stream)
}

/** Stdout, at the latest a moment later; what ends the process by an error or an exit loses nothing. */
function gatheredStdout(): DestinationStream & { flushSync(): void } {
	const out = destination({ dest: 1, sync: false, minLength: GATHER_BYTES })
	let timer: NodeJS.Timeout | undefined
	function flush() {
		timer = undefined
		out.flush()
	}
	return {
		write(line) {
			out.write(line)
			timer ??= setTimeout(flush, GATHER_MS).unref()
		},
		flushSync: () => out.flushSync(),
	}
}

/** What Baileys is given: at debug it would log whole frames, numbers and keys included. */
export const silentLog = pino({ level: 'silent' })

// libsignal 6.0.0 writes whole session records, private keys included, to the console
// (session_record.js:270-301, session_cipher.js:157-182, session_builder.js:74). Only what it says is dropped:
// the console stays usable for everything else.
const libsignalSays = [
	'Session already closed',
	'Session already open',
	'Closing session:',
	'Opening session:',
	'Removing old closed session:',
	'Migrating session to:',
	'V1 session storage migration error',
	'Closing open session in favor of incoming prekey bundle',
	'Closing stale open session',
	'Failed to decrypt message with any known session',
	'Session error:',
	'Decrypted message with closed session.',
	'Unhandled bucket type',
]

/** Keeps libsignal from printing keys. Process-wide; calling it twice does no harm. */
export function silenceLibsignal(target: Console = console): void {
	for (const method of ['log', 'info', 'warn', 'error'] as const) {
		const print = target[method]
		if (print.name === 'withoutLibsignal') continue
		target[method] = function withoutLibsignal(...words: unknown[]) {
			if (!isFromLibsignal(words)) print.apply(target, words)
		}
	}
}

function isFromLibsignal([first]: unknown[]): boolean {
	return typeof first === 'string' && libsignalSays.some((words) => first.startsWith(words))
}
