import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeyedMutex, createMutex } from '../../../gateway/src/lib/keyed-mutex.ts'

/** An operation that ends when it is told to. */
function controlled(log: string[], name: string) {
	let finish!: () => void
	const promise = new Promise<void>((resolve) => (finish = resolve))
	const operation = async () => {
		log.push(`${name} begins`)
		await promise
		log.push(`${name} ends`)
		return name
	}
	return { operation, finish }
}

test('operations of a mutex run one after the other, in the order of the calls', async () => {
	const log: string[] = []
	const inTurn = createMutex()
	const [a, b] = [controlled(log, 'a'), controlled(log, 'b')]
	const results = Promise.all([inTurn(a.operation), inTurn(b.operation)])
	b.finish()
	a.finish()
	assert.deepEqual(await results, ['a', 'b'])
	assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends'])
})

test('an operation that fails rejects its own call only', async () => {
	const inTurn = createMutex()
	const failing = inTurn(() => {
		throw new Error('broken')
	})
	const next = inTurn(() => 'fine')
	await assert.rejects(failing, /broken/)
	assert.equal(await next, 'fine')
})

test('operations of different keys run at the same time, those of one key do not', async () => {
	const log: string[] = []
	const inTurn = createKeyedMutex()
	const [a, b, other] = ['a', 'b', 'other'].map((name) => controlled(log, name))
	const all = [inTurn('x', a!.operation), inTurn('x', b!.operation), inTurn('y', other!.operation)]
	other!.finish()
	await all[2]
	assert.deepEqual(log, ['a begins', 'other begins', 'other ends'])
	a!.finish()
	b!.finish()
	await inTurn.idle()
	assert.deepEqual(log.slice(3), ['a ends', 'b begins', 'b ends'])
})
