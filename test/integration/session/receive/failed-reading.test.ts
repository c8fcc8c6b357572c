import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openReader } from './support/reader.ts'

test('a message whose reading fails is told when it comes again', async (t) => {
	let isBroken = true
	const { reads, told } = await openReader(t, (id) => {
		if (isBroken) throw new TypeError('it cannot be read')
		return `https://gateway.test/media/${id}`
	})
	const message = { imageMessage: { mimetype: 'image/png' } }
	await assert.rejects(reads('A1', message), /cannot be read/)
	isBroken = false
	await reads('A1', message)
	await reads('A1', message)
	assert.deepEqual(
		(await told()).map(([id, { type }]) => [id, type]),
		[['A1', 'message.received']],
	)
})
