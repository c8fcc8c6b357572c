import { EventEmitter } from 'node:events'

/** Lets callers wait for a condition. It is checked at every call of `happen`. */
export function createCondition() {
	const events = new EventEmitter().setMaxListeners(0)
	return {
		happen: () => void events.emit('change'),
		/** Resolves when the condition holds, or after the time given; tells which. */
		async until(condition: () => boolean, ms: number): Promise<boolean> {
			const limit = AbortSignal.timeout(ms)
			while (!condition()) {
				if (limit.aborted) return false
				await next(events, limit)
			}
			return true
		},
	}
}

function next(events: EventEmitter, limit: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			events.off('change', done)
			limit.removeEventListener('abort', done)
			resolve()
		}
		events.once('change', done)
		limit.addEventListener('abort', done)
	})
}
