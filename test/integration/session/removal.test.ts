import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../support/gateway/gateway.ts'

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
