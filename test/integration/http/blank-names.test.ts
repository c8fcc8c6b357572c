import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway } from '../../support/gateway/gateway.ts'

const cases = [
	['POST', '/api/v1/sessions', { id: 'other' }],
	['PATCH', '/api/v1/sessions/main', {}],
	['POST', '/api/v1/keys', { role: 'admin' }],
] as const

test('a name of blanks is none', async (t) => {
	const gateway = await openGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	for (const [method, path, body] of cases) {
		const { status, body: problem } = await gateway.request(method, path, { ...body, name: '  ' })
		assert.deepEqual([status, problem.field], [400, 'name'], `${method} ${path}`)
	}
	const { body } = await gateway.request('PATCH', '/api/v1/sessions/main', { name: ' Oak ' })
	assert.equal(body.name, 'Oak')
})
