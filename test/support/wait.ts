import { setTimeout as pause } from 'node:timers/promises'

export interface Deadline {
	within?: number
	every?: number
}

/** Asks again until there is an answer other than `undefined` or `false`, or the deadline has passed. */
export async function until<T>(
	what: string,
	ask: () => Promise<T | undefined | false> | T | undefined | false,
	{ within = 30_000, every = 100 }: Deadline = {},
): Promise<T> {
	const deadline = Date.now() + within
	for (;;) {
		const answer = await ask()
		if (answer !== undefined && answer !== false) return answer
		if (Date.now() > deadline) throw new Error(`${what}: not within ${within / 1000} s`)
		await pause(every)
	}
}
