import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY, linkedGateway } from '../../support/gateway/gateway.ts'

const SEND = '/api/v1/sessions/main/messages/text'

test('repeating a request that is in progress answers 409 with Retry-After', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t, { sendTimeout: 28 })
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	const headers = {
		'x-api-key': ADMIN_KEY,
		'content-type': 'application/json',
		'idempotency-key': 'slow',
	}
	const send = () => gateway.request('POST', SEND, { to: ada.account.phone, text: 'slow' }, headers)
	const first = send()
	await ada.receives('slow')
	const { status, body, headers: told } = await send()
	assert.deepEqual([status, body.code], [409, 'request_in_progress'])
	assert.ok(Number(told.get('retry-after')) > 0)
	assert.equal((await first).status, 202)
	assert.equal((await ada.receives('slow')).copies, 1)
})
