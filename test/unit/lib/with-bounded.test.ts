import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withBounded } from '../../../gateway/src/lib/with-bounded.ts'

test('whoever makes many loses their own oldest, and nobody else does', () => {
	const items = ['a1', 'b1', 'b2', 'a2', 'b3']
	const roomFor = (owner: string, max: number) =>
		withBounded(items, (item) => item.startsWith(owner), max)
	assert.deepEqual(roomFor('b', 4), items)
	assert.deepEqual(roomFor('b', 3), ['a1', 'b2', 'a2', 'b3'])
	assert.deepEqual(roomFor('b', 1), ['a1', 'a2'])
	assert.deepEqual(roomFor('c', 1), items)
})
