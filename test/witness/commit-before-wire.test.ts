import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lying, parting, slow } from '../support/storage.ts'
import { openConversation } from './support/conversation.ts'
import { seeded } from './support/random.ts'

const few = { perPerson: 10, perGroup: 5 }
/** 10,000 out and as many in. */
const many = { perPerson: 1_000, perGroup: 500 }
const SLOW_DISK_MS = 20
const NETWORK_MS = 4

test('of 20,000 messages, both ways at once, each is on the disk before WhatsApp hears of it, and none is lost', async (t) => {
	const random = seeded(1)
	const below = [slow(() => random(2))]
	const { witness, run, hasArrived } = await openConversation(t, { below, delay: NETWORK_MS })
	await run(many)
	await hasArrived(many)
	assert.deepEqual(witness.violations, [])
	const { sent, received, retries, ciphertexts } = witness.counted
	assert.deepEqual([sent, received, retries], [10_000, 10_000, 0])
	t.diagnostic(`${ciphertexts} ciphertexts left, none before its ratchet step was durable`)
})

test('WhatsApp waits for a slow disk', async (t) => {
	const below = [slow(() => SLOW_DISK_MS)]
	const { witness, run, hasArrived } = await openConversation(t, { below, delay: NETWORK_MS })
	await run(few)
	await hasArrived(few)
	assert.deepEqual(witness.violations, [])
})

test('the witness sees when a store says "durable" before it is', async (t) => {
	const below = [slow(() => SLOW_DISK_MS)]
	const { witness, run } = await openConversation(t, { above: [lying], below })
	await run(few)
	for (const fault of [
		/left: message \w+ is not durable/,
		/left: sending step \S+ is not durable/,
		/left: step in \S+ \S+ is not durable/,
		/acknowledged: event \w+ is not durable/,
		/acknowledged: reading step \S+ is not durable/,
	])
		assert.match(witness.violations.join('\n'), fault)
})

test('the witness sees when a store parts what is to be one commit', async (t) => {
	const { witness, run } = await openConversation(t, { above: [parting] })
	await run(few)
	for (const fault of [/plaintext is in another commit/, /event and itself are not in one commit/])
		assert.match(witness.violations.join('\n'), fault)
})
