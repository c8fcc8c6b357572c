import { setTimeout as pause } from 'node:timers/promises'

/** Does something so many times a second, whether or not earlier ones have ended. */
export function evenly(perSecond: number, act: (n: number) => Promise<void>) {
	const running = new Set<Promise<void>>()
	let going = true
	let done = 0
	let failed = 0

	async function run() {
		const start = performance.now()
		for (let n = 0; going; n++) {
			await pause(Math.max(0, start + (n * 1000) / perSecond - performance.now()))
			const one = act(n)
				.then(() => void done++)
				.catch(() => void failed++)
				.finally(() => void running.delete(one))
			running.add(one)
		}
		await Promise.all(running)
	}

	const ended = run()
	return {
		done: () => done,
		failed: () => failed,
		stop() {
			going = false
			return ended
		},
	}
}
