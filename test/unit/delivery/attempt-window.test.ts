import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAttemptWindow } from '../../../gateway/src/delivery/queue/attempt-window.ts'

type Answer = [ms: number, isTaken: boolean]
const quick: Answer = [20, true]
const many = (answer: Answer, count: number) => Array.from({ length: count }, () => answer)

const cases: [title: string, answers: Answer[], size: number][] = [
	['the first attempt has the least', [], 16],
	['each quick answer allows one more', many(quick, 10), 26],
	['there is a most', many(quick, 100), 64],
	['an answer at the limit is quick', [[500, true]], 17],
	['a slow answer takes it back', [...many(quick, 100), [501, true]], 16],
	['a failure takes it back, however quick', [...many(quick, 100), [1, false]], 16],
	['it grows again', [...many(quick, 100), [1, false], ...many(quick, 5)], 21],
]

for (const [title, answers, size] of cases)
	test(`attempts at the same time: ${title}`, () => {
		const window = createAttemptWindow({ least: 16, most: 64, slowMs: 500 })
		for (const [ms, isTaken] of answers) window.ended(ms, isTaken)
		assert.equal(window.size, size)
	})
