import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTakeBack } from '../../../gateway/src/cluster/take-back.ts'

const MINUTE_MS = 60_000

test('a session that another process has connected is taken back once, after half a minute to one and a half', async () => {
	const takeBack = createTakeBack({ prove: async () => true, epochOf: () => 3 })
	const ms = await takeBack('main')
	assert.ok(ms !== undefined && ms >= MINUTE_MS / 2 && ms <= 1.5 * MINUTE_MS)
	assert.equal(await takeBack('main'), undefined)
	assert.notEqual(await takeBack('other'), undefined)
})

const lost: [what: string, membership: Parameters<typeof createTakeBack>[0]][] = [
	['whose lease is lost', { prove: async () => false, epochOf: () => 3 }],
	[
		'who cannot prove it',
		{ prove: () => Promise.reject(new Error('no answer')), epochOf: () => 3 },
	],
	['who does not have it', { prove: async () => true, epochOf: () => undefined }],
]

for (const [who, membership] of lost)
	test(`a node ${who} does not take a session back`, async () => {
		assert.equal(await createTakeBack(membership)('main'), undefined)
	})
