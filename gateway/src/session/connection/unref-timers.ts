import { promisify } from 'node:util'

/** Where Baileys' code is, as a stack trace names it. */
const BAILEYS = new URL('./', import.meta.resolve('@whiskeysockets/baileys')).href

/** Shorter ones delay the end of a process by less than anybody notices, and are the many. */
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
	const replacement = (...args: Parameters<typeof original>): NodeJS.Timeout => {
		const timer = original(...args)
		return (args[1] ?? 0) >= LONG_MS && isCalledByBaileys() ? timer.unref() : timer
	}
	// `util.promisify` looks for a property of the function.
	globalThis.setTimeout = Object.defineProperty(
		replacement,
		promisify.custom,
		Object.getOwnPropertyDescriptor(original, promisify.custom)!,
	) as typeof original
}

/** Whether the caller of the function that asks is Baileys. */
function isCalledByBaileys(): boolean {
	const [, , , caller] = new Error().stack?.split('\n') ?? []
	return caller?.includes(BAILEYS) ?? false
}
