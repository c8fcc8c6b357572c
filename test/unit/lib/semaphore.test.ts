import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSemaphore } from '../../../gateway/src/lib/semaphore.ts'

test('a semaphore admits no more than its places at once, in the order of the calls', async () => {
	const semaphore = createSemaphore(2)
	const inside: number[] = []
	const leaves: (() => void)[] = []
	const entries = [0, 1, 2, 3].map(async (number) => {
		const leave = await semaphore.acquire(new AbortController().signal)
		inside.push(number)
		leaves.push(leave)
	})
	await Promise.all(entries.slice(0, 2))
	assert.deepEqual(inside, [0, 1])
	leaves[0]!()
	leaves[0]!()
	await entries[2]
	assert.deepEqual(inside, [0, 1, 2])
	leaves[1]!()
	await entries[3]
})

test('waiting for a semaphore ends with the signal, and the place goes to the next', async () => {
	const semaphore = createSemaphore(1)
	const leave = await semaphore.acquire()
	const abandoned = new AbortController()
	const first = semaphore.acquire(abandoned.signal)
	const second = semaphore.acquire()
	abandoned.abort()
	;(await first)()
	leave()
	;(await second)()
	assert.equal(await semaphore.run(async () => 'free again'), 'free again')
})

test('a callback for an idle semaphore is called once when all places are free, or at once if they are', async () => {
	const semaphore = createSemaphore(2)
	const called: string[] = []
	semaphore.whenIdle(() => called.push('at once'), 60_000)
	const leaves = [await semaphore.acquire(), await semaphore.acquire()]
	semaphore.whenIdle(() => called.push('when idle'), 60_000)
	const third = semaphore.acquire()
	leaves[0]!()
	leaves[1]!()
	assert.deepEqual(called, ['at once'])
	;(await third)()
	assert.deepEqual(called, ['at once', 'when idle'])
	;(await semaphore.acquire())()
	assert.equal(called.length, 2)
})

test('a callback for an idle semaphore is called after the longest wait, although a place is taken', async () => {
	const semaphore = createSemaphore(1)
	const leave = await semaphore.acquire()
	const timeKeeper = setInterval(() => {}, 1_000)
	await new Promise<void>((resolve) => semaphore.whenIdle(resolve, 1))
	clearInterval(timeKeeper)
	leave()
})

test('an operation that fails gives its place back', async () => {
	const semaphore = createSemaphore(1)
	const failing = semaphore.run(async () => {
		throw new Error('broken')
	})
	await assert.rejects(failing, /broken/)
	assert.equal(await semaphore.run(async () => 'next'), 'next')
})
