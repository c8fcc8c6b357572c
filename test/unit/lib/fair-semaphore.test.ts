import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFairSemaphore } from '../../../gateway/src/lib/fair-semaphore.ts'

test('one owner does not take the places of others, and all operations run in the end', async () => {
	const { run } = createFairSemaphore(3, 2)
	const begun: string[] = []
	const ends: (() => void)[] = []
	const begin = (owner: string, name: string) =>
		run(owner, () => {
			begun.push(name)
			return new Promise<void>((resolve) => ends.push(resolve))
		})
	const all = ['a1', 'a2', 'a3', 'b1', 'c1'].map((name) => begin(name[0]!, name))
	await settled()
	assert.deepEqual(begun, ['a1', 'a2', 'b1'])
	ends.shift()!()
	await settled()
	assert.deepEqual(begun, ['a1', 'a2', 'b1', 'c1'])
	while (begun.length < 5 || ends.length > 0) {
		ends.shift()?.()
		await settled()
	}
	await Promise.all(all)
	assert.deepEqual(begun, ['a1', 'a2', 'b1', 'c1', 'a3'])
})

/** Resolves when everything that can go on has. */
const settled = () => new Promise((resolve) => setImmediate(resolve))
