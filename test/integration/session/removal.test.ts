import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Frame } from '../../../gateway/src/sandbox/server/frame-log.ts'
import { ADMIN_KEY, linkedGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

test('a session that many remove at once takes no other with it', async (t) => {
	const { gateway } = await linkedGateway(t)
	for (const id of ['first', 'second', 'third']) {
		await gateway.request('POST', '/api/v1/sessions', { id })
		const remove = () => gateway.request('DELETE', `/api/v1/sessions/${id}`)
		const answers = await Promise.all([remove(), remove(), remove()])
		for (const { status } of answers) assert.ok(status === 204 || status === 404, `${status}`)
		assert.equal((await remove()).status, 404)
	}
	const { body } = await gateway.request('GET', '/api/v1/sessions')
	assert.deepEqual(
		body.sessions.map(({ id, status }: { id: string; status: string }) => [id, status]),
		[['main', 'open']],
	)
})

test('the name of a session that is removed is free once it is gone, and not before', async (t) => {
	const { gateway } = await linkedGateway(t)
	const make = () => gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const removal = gateway.request('DELETE', '/api/v1/sessions/main')
	assert.equal((await make()).status, 409)
	assert.equal((await removal).status, 204)
	assert.equal((await make()).status, 201)
	assert.equal((await gateway.request('GET', '/api/v1/sessions/main')).body.me, null)
})

test('sends that are under way when their session is removed are answered at once', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t, { sendTimeout: 60 })
	const unknown = sandbox.phone('491700000044')
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	const send = (to: string, text: string) =>
		gateway.request('POST', '/api/v1/sessions/main/messages/text', { to, text })
	const kept = [1, 2, 3].map((n) => send(ada.account.phone, `left ${n}`))
	await ada.receives('left 3')
	sandbox.whatsapp.queryFaults.silence({ account: owner.account.phone }, 600_000)
	const { last } = sandbox.whatsapp.log
	const asking = send(unknown.account.phone, 'not ready')
	await until('it asks', () => sandbox.whatsapp.log.list(isQuery).length > 0)
	const begun = performance.now()
	const removal = gateway.request('DELETE', '/api/v1/sessions/main')
	for (const { status, body } of await Promise.all([...kept, asking])) {
		assert.deepEqual([status, body.code], [404, 'session_not_found'])
		assert.match(body.detail, /was removed meanwhile/)
	}
	assert.ok(performance.now() - begun < 15_000, 'long before the time of a send is over')
	assert.equal((await removal).status, 204)

	function isQuery({ seq, direction, stanza: { tag, attrs } }: Frame) {
		return seq > last && direction === 'in' && tag === 'iq' && attrs.xmlns === 'usync'
	}
})

const url = 'http://127.0.0.1:9/hook'
/** Changes of a session, by any door. */
const changes: [method: string, path: string, body?: object][] = [
	['POST', '/api/v1/sessions/main/webhooks', { url }],
	['PATCH', '/api/v1/sessions/main', { name: 'other' }],
	['PUT', '/api/v1/sessions/main/proxy', { url: null }],
	['POST', '/api/v1/sessions/main/labels', { name: 'New', color: 1 }],
	['POST', '/api/v1/sessions/main/disconnect'],
	['POST', '/api/v1/sessions/main/connect'],
	['POST', '/api/v1/sessions/main/logout'],
	['GET', '/api/v1/sessions/main/events'],
	['POST', '/webhook/set/main', { webhook: { enabled: true, url } }],
	['POST', '/settings/set/main', { rejectCall: true, groupsIgnore: false, alwaysOnline: false }],
	['POST', '/proxy/set/main', { enabled: false, host: '', port: '', protocol: '' }],
	['PUT', '/instance/restart/main'],
	['PUT', '/api/sessions/main', { config: { webhooks: [{ url, events: ['message'] }] } }],
	['POST', '/api/sessions/main/restart'],
	['POST', '/api/sendText', { session: 'main', chatId: '491700000002@c.us', text: 'hi' }],
]

test('a change of a session that is removed at the same time is done, or told that it is gone', async (t) => {
	const { gateway } = await linkedGateway(t)
	const headers = { 'x-api-key': ADMIN_KEY, apikey: ADMIN_KEY }
	for (let round = 0; round < 12; round++) {
		const removal = gateway.request('DELETE', '/api/v1/sessions/main')
		const answers = changes.map(async ([method, path, body], n) => {
			for (let turn = 0; turn < (round * 7 + n * 3) % 40; turn++) await setImmediate()
			return { path, ...(await gateway.request(method, path, body, headers)) }
		})
		for (const { path, status, text } of await Promise.all(answers)) {
			const isFair = status < 500 || status === 503
			assert.ok(isFair, `${path}: ${status} ${text}`)
		}
		assert.equal((await removal).status, 204)
		assert.equal((await gateway.request('GET', '/api/v1/sessions/main')).status, 404)
		assert.equal((await gateway.request('POST', '/api/v1/sessions', { id: 'main' })).status, 201)
		const { body } = await gateway.request('GET', '/api/v1/sessions/main/webhooks')
		assert.deepEqual(body.webhooks, [], 'nothing is left of the one before')
	}
})
