/**
 * Does `task` for 0, 1, 2, … up to `count`, at most `parallel` at a time, and begins no more after `limitMs`.
 * @returns how many were done
 */
export async function inParallel(
	count: number,
	parallel: number,
	task: (index: number) => Promise<void>,
	limitMs = Infinity,
): Promise<number> {
	const end = performance.now() + limitMs
	let next = 0
	const work = async () => {
		while (next < count && performance.now() < end) await task(next++)
	}
	await Promise.all(Array.from({ length: Math.min(parallel, count) }, work))
	return next
}
