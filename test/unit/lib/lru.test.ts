import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLru } from '../../../gateway/src/lib/lru.ts'

test('a full cache deletes the entry that was used least recently', () => {
	const cache = createLru<string, number>(2)
	cache.set('a', 1)
	cache.set('b', 2)
	assert.equal(cache.get('a'), 1)
	cache.set('c', 3)
	assert.deepEqual([cache.has('a'), cache.has('b'), cache.has('c')], [true, false, true])
})

test('setting an entry again replaces it and makes it the newest', () => {
	const cache = createLru<string, number>(2)
	cache.set('a', 1)
	cache.set('b', 2)
	cache.set('a', 3)
	cache.set('c', 4)
	assert.deepEqual([cache.get('a'), cache.get('b')], [3, undefined])
})

test('entries are deleted one by one or all at once', () => {
	const cache = createLru<string, number>(3)
	cache.set('a', 1)
	cache.set('b', 2)
	cache.delete('a')
	assert.equal(cache.get('a'), undefined)
	cache.clear()
	assert.equal(cache.has('b'), false)
})
