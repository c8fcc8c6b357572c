import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slow } from '../../support/storage.ts'
import { openConversation } from './support/conversation.ts'
import { seeded } from './support/random.ts'

/** 10,000 out and as many in. */
const many = { perPerson: 1_000, perGroup: 500 }
const NETWORK_MS = 4

test('20,000 messages in both directions are each on the disk before WhatsApp gets their frames, and none is lost', async (t) => {
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
