import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

const MAIN = '/api/v1/sessions/main'

test('a session that does not reconnect stays closed until it is told to connect', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	const ask = (method: string, path: string, body?: object) =>
		gateway.request(method, `${MAIN}${path}`, body)
	assert.deepEqual((await ask('GET', '/reconnect')).body, { enabled: true, error_count: 0 })
	const off = await ask('PUT', '/reconnect', { enabled: false })
	assert.deepEqual([off.status, off.body.enabled], [200, false])
	assert.equal((await ask('GET', '/settings')).body.reconnect, false)
	sandbox.whatsapp.drops(owner.account)
	await gateway.becomes('main', 'closed')
	const { last_disconnect } = (await ask('GET', '')).body
	assert.equal(last_disconnect.reason, 'connection_lost')
	const sent = await ask('POST', '/messages/text', { to: ada.account.phone, text: 'hello' })
	assert.deepEqual([sent.status, sent.body.code], [503, 'session_not_open'])
	assert.match(sent.body.detail, /POST .*\/connect/)
	await ask('POST', '/connect')
	await gateway.becomes('main', 'open')
})

test('attempts to reconnect are counted, and end when they are switched off', async (t) => {
	const { gateway, sandbox, owner } = await linkedGateway(t)
	const reconnect = async () => (await gateway.request('GET', `${MAIN}/reconnect`)).body
	sandbox.whatsapp.faults.goDown(60_000)
	sandbox.whatsapp.drops(owner.account)
	await until('an attempt has failed', async () => (await reconnect()).error_count > 0)
	await until('the next one is waited for', async () => {
		await gateway.request('PUT', `${MAIN}/reconnect`, { enabled: false })
		return (await gateway.statusOf('main')) === 'closed'
	})
	const { status } = await gateway.request('PUT', `${MAIN}/reconnect`, { enabled: 'no' })
	assert.equal(status, 400)
})
