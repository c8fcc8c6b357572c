import { storageRetryDelay } from '../lib/backoff.ts'

/**
 * When a session whose storage has failed is tried again: every 5 s. An attempt costs no login while nothing can be saved,
 * since no frame leaves before its step is saved. One that came back and fails again within a minute, on a disk that has
 * little space left, waits longer before it logs in once more: 10 s, then 15.
 * @param attempt begins an attempt; one that fails says so with `failed`
 */
export function createRecovery(attempt: () => void) {
	let isOn = false
	/** How often it came back since it last was connected for some time. */
	let returns = 0
	let timer: NodeJS.Timeout | undefined

	function stopWaiting() {
		clearTimeout(timer)
		timer = undefined
	}

	function next() {
		timer = undefined
		attempt()
	}

	return {
		/** From a failure until the session is connected again or was disconnected. */
		get isOn() {
			return isOn
		},
		/** The storage has failed. Requests fail while an attempt is waited for: they do not put it off. */
		failed() {
			isOn = true
			timer ??= setTimeout(next, storageRetryDelay(returns))
		},
		/** An attempt begins, by the timer or by a request. */
		stopWaiting,
		succeeded() {
			if (isOn) returns++
			isOn = false
		},
		/** The session is connected for some time now: the next failure is the first again. */
		isStable() {
			returns = 0
		},
		callOff() {
			isOn = false
			stopWaiting()
		},
	}
}
