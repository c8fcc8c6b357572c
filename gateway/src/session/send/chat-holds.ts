import { setTimeout as pause } from 'node:timers/promises'
import { SECOND_MS } from '../../lib/units.ts'

/** A chat is not held up for longer by an answer that does not come. */
const MOST_MS = 20 * SECOND_MS

/**
 * Holds back the messages of a chat while something is done about one that has left before them.
 * @param failed called when what is done fails
 */
export function createChatHolds(failed: (error: unknown) => void) {
	const held = new Map<string, Promise<void>>()
	let released = Promise.withResolvers<void>()

	return {
		/** Does something while the chat is held, after what it is held for already. */
		hold(chat: string, act: () => Promise<void>): Promise<void> {
			const before = held.get(chat) ?? Promise.resolve()
			const done = before.then(act).catch(failed)
			const ended = done.then(() => {
				if (held.get(chat) === ended) held.delete(chat)
			})
			held.set(chat, ended)
			return ended
		},
		/** Waits until the chat is not held any more. */
		async end(chat: string): Promise<void> {
			while (held.has(chat)) await held.get(chat)
		},
		/** Waits for WhatsApp's answer, but not beyond the connection. */
		async answered(answer: Promise<unknown>): Promise<void> {
			const waiting = new AbortController()
			const late = pause(MOST_MS, undefined, { ref: false, signal: waiting.signal })
			await Promise.race([answer, late, released.promise]).catch(() => undefined)
			waiting.abort()
		},
		/** The connection has gone, and with it the answers that are waited for. */
		release() {
			released.resolve()
			released = Promise.withResolvers()
		},
	}
}
