import { ask, Problem } from '../data/api.ts'
import { wordsOfProblem } from './problem-words.ts'
import type { PairWords } from './words/index.ts'

/** Asks the gateway as `ask` does; problems are in the language of the page. @throws Problem */
export async function askInWords<Answer>(
	words: PairWords,
	...asked: Parameters<typeof ask>
): Promise<Answer> {
	try {
		return await ask<Answer>(...asked)
	} catch (error) {
		if (!(error instanceof Problem)) throw error
		throw new Problem(error.status, { ...error, detail: wordsOfProblem(error, words) })
	}
}
