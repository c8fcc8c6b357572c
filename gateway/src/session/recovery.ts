import { storageRetryDelay } from '../lib/backoff.ts'

/**
 * When a session whose storage has failed is tried again: after some 5 s, then 10, then every 15.
 * @param attempt begins an attempt; one that fails says so with `failed`
 */
export function createRecovery(attempt: () => void) {
	let isOn = false
	/** How often the storage has failed since it last was well for some time. */
	let failures = 0
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
			timer ??= setTimeout(next, storageRetryDelay(failures++))
		},
		/** An attempt begins, by the timer or by a request. */
		stopWaiting,
		succeeded() {
			isOn = false
		},
		/** The session is connected for some time now: the next failure is the first again. */
		isStable() {
			failures = 0
		},
		callOff() {
			isOn = false
			stopWaiting()
		},
	}
}
