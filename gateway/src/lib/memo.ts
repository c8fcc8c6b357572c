/** Keeps the result of an expensive question for a while; who asks meanwhile shares the answer. A failure is not kept. */
export function keepFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
	let answer: Promise<T> | undefined
	let until = -Infinity
	return () => {
		if (answer && performance.now() < until) return answer
		until = performance.now() + ms
		const asked = ask()
		answer = asked
		asked.catch(() => {
			if (answer === asked) answer = undefined
		})
		return asked
	}
}
