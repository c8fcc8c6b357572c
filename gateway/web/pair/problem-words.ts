import type { Problem } from '../data/api.ts'
import type { PairWords } from './words/index.ts'

/** What the page says of an error, by its code. */
const sentences: Record<string, keyof PairWords['problems']> = {
	unreachable: 'unreachable',
	pairing_link_not_found: 'incomplete',
	session_not_open: 'noCode',
	whatsapp_silent: 'noCode',
	rate_limited: 'tooOften',
	whatsapp_rate_limited: 'tooOften',
	whatsapp_refused: 'number',
	whatsapp_forbidden: 'number',
	whatsapp_not_found: 'number',
}

/** What a person is told about a problem, in their language. Only what is unknown here is added as the gateway says it. */
export function wordsOfProblem(problem: Problem, words: PairWords): string {
	const { code, field, ending, message } = problem
	if (isEnding(ending, words)) return `${words.endings[ending]} ${words.askForNew()}`
	if (code === 'number_connected') return words.problems.connected
	if (field === 'phone_number') return words.problems.number
	const known = sentences[code]
	return known ? words.problems[known] : `${words.problems.failed} (${message})`
}

const isEnding = (
	ending: string | undefined,
	{ endings }: PairWords,
): ending is keyof PairWords['endings'] => ending !== undefined && Object.hasOwn(endings, ending)
