import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { createQuota, type TakeBlock } from '../../../gateway/src/lib/quota.ts'

const MOST = 20
const allowance = { most: MOST, windowSeconds: 60 }

/** What several processes share, in memory. */
function sharedWindow(part: number): { take: TakeBlock; asked: () => number } {
	let window = { left: 0, endsAt: 0 }
	let asked = 0
	return {
		asked: () => asked,
		async take(_, { most, windowSeconds }) {
			asked++
			if (window.endsAt <= Date.now())
				window = { left: most, endsAt: Date.now() + windowSeconds * 1000 }
			await Promise.resolve()
			const granted = Math.min(part, window.left)
			window.left -= granted
			return { granted, left: window.left, endsAt: window.endsAt }
		},
	}
}

const cases: [what: string, processes: number, part?: number][] = [
	['alone', 1],
	['in blocks', 1, 2],
	['in blocks of one', 1, 1],
	['in blocks that do not divide it', 1, 3],
	['by three processes', 3, 2],
	['by three processes in blocks that do not divide it', 3, 7],
]

for (const [what, processes, part] of cases)
	test(`an allowance is used up exactly, and is there again in the next window: ${what}`, async (t) => {
		mock.timers.enable({ apis: ['Date'], now: 1_000_000 })
		t.after(() => mock.timers.reset())
		const window = part === undefined ? undefined : sharedWindow(part)
		const quotas = Array.from({ length: processes }, () => createQuota(allowance, window?.take))
		for (let round = 0; round < 2; round++) {
			const uses = await Promise.all(
				Array.from({ length: 3 * MOST }, (_, n) => quotas[n % processes]!.use('ada')),
			)
			assert.equal(uses.filter(({ isWithin }) => isWithin).length, MOST)
			assert.ok(uses.every(({ left, endsAt }) => left >= 0 && endsAt > Date.now()))
			assert.equal((await quotas[0]!.use('ada')).isWithin, false)
			mock.timers.tick(60_000)
		}
		// Once it is known that nothing is left, nobody asks again.
		if (part !== undefined) assert.ok(window!.asked() <= 2 * (Math.ceil(MOST / part) + processes))
	})

test('names have windows of their own', async () => {
	const quota = createQuota({ most: 1, windowSeconds: 60 })
	assert.equal((await quota.use('ada')).isWithin, true)
	assert.equal((await quota.use('ada')).isWithin, false)
	assert.equal((await quota.use('bob')).isWithin, true)
})

test('an allowance that cannot be read is an error, and is asked for again', async () => {
	let isAway = true
	const quota = createQuota(allowance, async () => {
		if (isAway) throw new Error('away')
		return { granted: 1, left: 0, endsAt: Date.now() + 1_000 }
	})
	await assert.rejects(quota.use('ada'), /away/)
	isAway = false
	assert.equal((await quota.use('ada')).isWithin, true)
})
