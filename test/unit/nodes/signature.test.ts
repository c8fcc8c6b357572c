import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { packNodes } from '../../support/pack.ts'

const { directory } = await packNodes()
const { distrust } = createRequire(import.meta.url)(
	join(directory, 'dist/nodes/shared/signature.js'),
) as typeof import('../../../dist/nodes/shared/signature.js')

const KEY = Buffer.from('thirty-two bytes of shared secret')
const SECRET = `whsec_${KEY.toString('base64')}`
const BODY = Buffer.from('{"text":"hé",  "n":1}')
const NOW = 1_700_000_000

function signed(body = BODY, timestamp = NOW) {
	const content = Buffer.concat([Buffer.from(`evt_1.${timestamp}.`), body])
	const signature = createHmac('sha256', KEY).update(content).digest('base64')
	return {
		'webhook-id': 'evt_1',
		'webhook-timestamp': String(timestamp),
		'webhook-signature': `v1,${signature}`,
	}
}

describe('The signature of a delivery', () => {
	it('is accepted over the exact bytes that arrived', () => {
		assert.equal(distrust(SECRET, signed(), BODY, NOW), undefined)
		const reformatted = Buffer.from('{"text":"hé","n":1}')
		assert.equal(distrust(SECRET, signed(), reformatted, NOW), 'The signature does not match')
	})

	it('may be one of several while a secret is being replaced', () => {
		const headers = signed()
		headers['webhook-signature'] = `v1,b2xk v1a,xyz ${headers['webhook-signature']}`
		assert.equal(distrust(SECRET, headers, BODY, NOW), undefined)
	})

	it('is refused when made with another secret', () => {
		const other = `whsec_${Buffer.from('another secret').toString('base64')}`
		assert.equal(distrust(other, signed(), BODY, NOW), 'The signature does not match')
	})

	it('is refused when it belongs to another delivery', () => {
		const headers = { ...signed(), 'webhook-id': 'evt_2' }
		assert.equal(distrust(SECRET, headers, BODY, NOW), 'The signature does not match')
	})

	it('is refused five minutes after or before its time, naming both clocks', () => {
		for (const now of [NOW - 301, NOW + 301])
			assert.equal(
				distrust(SECRET, signed(), BODY, now),
				`The delivery is dated ${NOW}, but the clock of n8n says ${now}`,
			)
		assert.equal(distrust(SECRET, signed(), BODY, NOW + 299), undefined)
	})

	it('is required', () => {
		const { 'webhook-signature': _, ...unsigned } = signed()
		assert.match(distrust(SECRET, unsigned, BODY, NOW) ?? '', /headers .* are missing/)
	})
})
