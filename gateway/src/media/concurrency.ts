/** Lets only so many pieces of work run at a time; the others wait in their order. */
export function createQueue(places: number) {
	const waiting: (() => void)[] = []
	let free = places

	async function enter() {
		if (free > 0) return void free--
		await new Promise<void>((resolve) => waiting.push(resolve))
	}

	function leave() {
		const next = waiting.shift()
		if (next) next()
		else free++
	}

	return async function run<T>(work: () => Promise<T>): Promise<T> {
		await enter()
		try {
			return await work()
		} finally {
			leave()
		}
	}
}
