import type { Answer } from './gateway.ts'

/**
 * Sends requests so that each has arrived before the next: the order of those that are under way at the same time
 * would be chance.
 * @param passes sends another message, to a chat of its own; what was sent before it has arrived when that is answered
 * @returns the answers, in the order of the requests
 */
export async function inOrder(
	requests: (() => Promise<Answer>)[],
	passes: () => Promise<Answer>,
): Promise<Answer[]> {
	const answers: Promise<Answer>[] = []
	for (const request of requests) {
		answers.push(request())
		await passes()
	}
	return Promise.all(answers)
}
