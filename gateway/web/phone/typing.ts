/** Typing is told once in so long: one request for every key would flood the log. */
const EVERY_MS = 4_000

/** Tells that a person types, and that they no longer do. @param tell sends it */
export function createTypingTeller(tell: (state: 'composing' | 'paused') => void, now = Date.now) {
	let told = -Infinity
	return {
		/** The text has changed. */
		wrote(text: string): void {
			if (!text) {
				if (told > -Infinity) tell('paused')
				told = -Infinity
			} else if (now() - told >= EVERY_MS) {
				told = now()
				tell('composing')
			}
		},
		/** A message ends it by itself. */
		sent(): void {
			told = -Infinity
		},
	}
}
