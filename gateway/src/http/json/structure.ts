import { GatewayError } from '../../errors.ts'
import { createTokenizer, type TokenHandler } from './tokenizer.ts'

/** Far more than any request has: the longest list is an audience of 5,000. */
const MAX_VALUES = 50_000
const MAX_DEPTH = 32
/** Of the last string, as much as can be the name of a field. */
const MAX_NAME = 64

/** Counts the values and the depth of a JSON text, before it is parsed. */
export type Structure = TokenHandler & {
	/** Where the text is, as `items.0.image`; empty at the top. */
	path(): string
}

type Level = { isArray: boolean; step: string | number }

/** @throws GatewayError payload_too_large, from `between` */
export function createStructure(): Structure {
	const levels: Level[] = []
	let values = 1
	let last = ''
	let isNewString = true

	function count() {
		if (++values > MAX_VALUES) throw tooMuch(`have at most ${MAX_VALUES} values`)
	}

	function enter(isArray: boolean) {
		if (levels.length === MAX_DEPTH) throw tooMuch(`be at most ${MAX_DEPTH} levels deep`)
		count()
		levels.push({ isArray, step: isArray ? 0 : '' })
	}

	function next() {
		count()
		const level = levels.at(-1)
		if (level?.isArray) level.step = Number(level.step) + 1
	}

	function name() {
		const level = levels.at(-1)
		if (level && !level.isArray) level.step = last
	}

	const acts: Record<string, () => void> = {
		'[': () => enter(true),
		'{': () => enter(false),
		']': () => void levels.pop(),
		'}': () => void levels.pop(),
		',': next,
		':': name,
	}

	return {
		path: () => levels.map(({ step }) => step).join('.'),
		between(text) {
			for (const letter of text) acts[letter]?.()
		},
		string(piece, isEnd) {
			const before = isNewString ? '' : last
			if (before.length < MAX_NAME) last = before + piece.slice(0, MAX_NAME)
			isNewString = isEnd
		},
	}
}

/** @throws GatewayError payload_too_large if a JSON text has too many values or is too deep */
export function checkStructure(text: string): void {
	createTokenizer(createStructure())(text)
}

function tooMuch(limit: string): GatewayError {
	return new GatewayError('payload_too_large', `A JSON body may ${limit}.`)
}
