import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lying, parting, slow } from '../../support/storage.ts'
import { openConversation } from './support/conversation.ts'

const few = { perPerson: 10, perGroup: 5 }
const SLOW_DISK_MS = 20
/** Longer than a frame needs to leave on a busy machine. */
const SLOWER_DISK_MS = 1_000
const NETWORK_MS = 4

test('WhatsApp waits for a slow disk', async (t) => {
	const below = [slow(() => SLOW_DISK_MS)]
	const { witness, run, hasArrived } = await openConversation(t, { below, delay: NETWORK_MS })
	await run(few)
	await hasArrived(few)
	assert.deepEqual(witness.violations, [])
})

test('the witness sees when a store says "durable" before it is', async (t) => {
	const below = [slow(() => SLOWER_DISK_MS)]
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
