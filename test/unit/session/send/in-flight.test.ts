import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createInFlight } from '../../../../gateway/src/session/send/in-flight.ts'

const wait = async (answer: Promise<unknown>) => void (await answer)

/** Whether it has happened, once all that can go on has gone on. */
async function watch(left: Promise<void>) {
	let isThere = false
	void left.then(() => (isThere = true))
	return async () => (await turn(), isThere)
}

test('a message under another address leaves when those before it in its chat have their outcome', async () => {
	const { leave, land } = createInFlight(wait)
	await leave('ada', 'one', 'phone')
	await leave('ada', 'two', 'phone')
	const hasLeft = await watch(leave('ada', 'three', 'lid'))
	assert.equal(await hasLeft(), false)
	land('one')
	assert.equal(await hasLeft(), false)
	land('two')
	assert.equal(await hasLeft(), true)
	const isBack = await watch(leave('ada', 'four', 'phone'))
	assert.equal(await isBack(), false)
	land('three')
	assert.equal(await isBack(), true)
})

test('other chats and the same address wait for nothing', async () => {
	const { leave, land } = createInFlight(() => assert.fail('it waits'))
	await leave('ada', 'one', 'phone')
	await leave('ben', 'two', 'lid')
	await leave('ada', 'three', 'phone')
	for (const id of ['one', 'three', 'unknown', 'one']) land(id)
	await leave('ada', 'four', 'lid')
})

test('nothing waits beyond the connection, nor for an answer of which there is no hope', async () => {
	const { leave, clear, land } = createInFlight(wait)
	await leave('ada', 'one', 'phone')
	const hasLeft = await watch(leave('ada', 'two', 'lid'))
	clear()
	assert.equal(await hasLeft(), true)

	const hopeless = createInFlight(async () => {})
	await hopeless.leave('ada', 'one', 'phone')
	await hopeless.leave('ada', 'two', 'lid')
	hopeless.land('one')
	const isBack = await watch(leave('ada', 'three', 'lid'))
	assert.equal(await isBack(), true)
	land('two')
})
