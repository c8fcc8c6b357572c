import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAttemptWindow } from '../../../gateway/src/delivery/queue/attempt-window.ts'

type Answer = [ms: number, isTaken: boolean]
const quick: Answer = [20, true]
const many = (answer: Answer, count: number) => Array.from({ length: count }, () => answer)

const cases: [title: string, answers: Answer[], size: number][] = [
	['the first attempt has the least', [], 16],
	['a quick answer less than it has allows no more', many(quick, 15), 16],
	['as many quick answers as it has allow one more', many(quick, 16), 17],
	['the next one takes one answer more', many(quick, 16 + 16), 17],
	['and then it is there', many(quick, 16 + 17), 18],
	['there is a most', many(quick, 3000), 64],
	['an answer at the limit is quick', many([500, true], 16), 17],
	['a slow answer takes it back', [...many(quick, 100), [501, true]], 16],
	['a failure takes it back, however quick', [...many(quick, 100), [1, false]], 16],
	['a failure takes back what was counted', [...many(quick, 15), [1, false], quick], 16],
	['it grows again', [...many(quick, 100), [1, false], ...many(quick, 33)], 18],
]

for (const [title, answers, size] of cases)
	test(`attempts at the same time: ${title}`, () => {
		const window = createAttemptWindow({ least: 16, most: 64, slowMs: 500 })
		for (const [ms, isTaken] of answers) window.ended(ms, isTaken)
		assert.equal(window.size, size)
	})
