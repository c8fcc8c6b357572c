import assert from 'node:assert/strict'

/** What an expression asks for: `errors_total{outcome=~"a|b"}`. */
export type Selector = { metric: string; matchers: { label: string; values: string[] }[] }

const TOKEN =
	/\s*("(?:[^"\\]|\\.)*"|[a-zA-Z_:][\w:]*|\d[\d.]*(?:e\d+)?[smhd]?|[!=<>~]+|[-+*/(){}[\],])/y
const WORDS = ['and', 'or', 'unless', 'by', 'without', 'on', 'ignoring']
const CLOSING: Record<string, string> = { '(': ')', '{': '}', '[': ']' }

/** The selectors of a PromQL expression, and the labels that it groups by. It checks brackets and words, no types. */
export function selectorsOf(expression: string): { selectors: Selector[]; grouping: string[] } {
	const tokens = tokensOf(expression)
	assertBrackets(tokens, expression)
	const selectors: Selector[] = []
	const grouping: string[] = []
	for (let at = 0; at < tokens.length; at++) {
		const token = tokens[at]!
		if (['by', 'without', 'on', 'ignoring'].includes(token)) {
			const end = tokens.indexOf(')', at)
			grouping.push(...tokens.slice(at + 2, end).filter((part) => part !== ','))
			at = end
		} else if (/^[a-z_]/i.test(token) && !WORDS.includes(token)) {
			if (tokens[at + 1] === '(' || isAggregation(tokens, at)) continue
			const end = tokens[at + 1] === '{' ? tokens.indexOf('}', at) : at
			selectors.push({ metric: token, matchers: matchersOf(tokens.slice(at + 2, end)) })
			at = end
		}
	}
	return { selectors, grouping }
}

/** `sum by (le) (…)` */
const isAggregation = (tokens: string[], at: number) =>
	['by', 'without'].includes(tokens[at + 1] ?? '')

function tokensOf(expression: string): string[] {
	const text = expression.trim()
	const tokens: string[] = []
	TOKEN.lastIndex = 0
	while (TOKEN.lastIndex < text.length) {
		const from = TOKEN.lastIndex
		const [, token] = TOKEN.exec(text) ?? assert.fail(`no PromQL at ${from}: ${text}`)
		tokens.push(token!)
	}
	return tokens
}

function assertBrackets(tokens: string[], expression: string) {
	const open: string[] = []
	for (const token of tokens)
		if (CLOSING[token]) open.push(CLOSING[token])
		else if (Object.values(CLOSING).includes(token)) assert.equal(open.pop(), token, expression)
	assert.deepEqual(open, [], expression)
}

/** `status`, `=~`, `"open|closed"`, `,` … A dot stands for anything. */
function matchersOf(tokens: string[]): Selector['matchers'] {
	const matchers: Selector['matchers'] = []
	for (let at = 0; at < tokens.length; at += 4) {
		const [label, operator, text] = tokens.slice(at, at + 3)
		assert.match(operator ?? '', /^(=|!=|=~|!~)$/, tokens.join(' '))
		const values = (JSON.parse(text!) as string).split('|')
		matchers.push({ label: label!, values: values.filter((value) => !/[.$]/.test(value)) })
	}
	return matchers
}
