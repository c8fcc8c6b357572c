import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBatchOrder } from '../../../../gateway/src/session/send/batch-order.ts'

/** Lets items come in this order; tells in which order they passed. */
async function passing(arrivals: number[], patienceMs?: number): Promise<number[]> {
	const itsTurn = createBatchOrder(patienceMs)
	const passed: number[] = []
	await Promise.all(
		arrivals.map(async (index) => {
			await itsTurn('batch', index)
			passed.push(index)
		}),
	)
	return passed
}

test('items pass in their order, however they come', async () => {
	assert.deepEqual(await passing([3, 1, 0, 2, 4]), [0, 1, 2, 3, 4])
	assert.deepEqual(await passing([1, 0]), [0, 1])
})

test('an item that never comes is not waited for for ever', async () => {
	assert.deepEqual(await passing([4, 3, 1], 10), [1, 3, 4])
})

test('an item that comes again passes with its twin, or at once', async () => {
	assert.deepEqual(await passing([0, 1, 0]), [0, 0, 1])
	const itsTurn = createBatchOrder()
	await itsTurn('batch', 0)
	await itsTurn('batch', 0)
})

test('batches do not wait for each other', async () => {
	const itsTurn = createBatchOrder()
	void itsTurn('one', 1)
	await itsTurn('other', 0)
})
