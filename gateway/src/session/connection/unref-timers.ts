import { promisify } from 'node:util'

/** The folder of Baileys' code, as it stands in a stack trace. */
const BAILEYS = new URL('./', import.meta.resolve('@whiskeysockets/baileys')).href

/** Most timers are shorter. They delay the end of a process too little to matter. */
const LONG_MS = 1_000

let isInstalled = false

/**
 * Lets no timer of Baileys keep the process alive.
 *
 * Baileys leaves timers behind when a socket ends, and keeps them to itself: the limit of each upload of
 * pre-keys (30 s, also of one that succeeded), of each query without an answer (60 s), the wait for the
 * history (20 s). A process that has stopped its gateway would stay for a minute because of them. They are
 * of use only as long as a socket is open, and that keeps the process alive itself.
 *
 * There is no other way in: Baileys takes `setTimeout` from the global object. Timers of other code pass
 * through untouched.
 */
export function unrefBaileysTimers(): void {
	if (isInstalled) return
	isInstalled = true
	const original = globalThis.setTimeout
	const replacement = ((...args: Parameters<typeof original>) => {
		const timer = original(...args)
		return mayBeBaileys(args) && isCalledByBaileys(replacement) ? timer.unref() : timer
	}) as typeof original
	// `util.promisify` looks for a property of the function.
	globalThis.setTimeout = Object.defineProperty(
		replacement,
		promisify.custom,
		Object.getOwnPropertyDescriptor(original, promisify.custom)!,
	)
}

/** Baileys hands nothing to its callbacks. undici does, which sets a timer at every request: its stack need not be read. */
const mayBeBaileys = (args: Parameters<typeof setTimeout>): boolean =>
	args.length === 2 && (args[1] ?? 0) >= LONG_MS

/** Whether Baileys called this function. Only one frame of the stack is read: timers are set at every query. */
function isCalledByBaileys(callee: typeof setTimeout): boolean {
	const { stackTraceLimit } = Error
	const trace: { stack?: string } = {}
	Error.stackTraceLimit = 1
	Error.captureStackTrace(trace, callee)
	Error.stackTraceLimit = stackTraceLimit
	return trace.stack?.includes(BAILEYS) ?? false
}
