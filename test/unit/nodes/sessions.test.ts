import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRecorder } from '../../support/recorder.ts'
import { send, sent } from './harness.ts'

type Case = [parameters: object, method: string, path: string, body?: object]

const cases: Case[] = [
	[{ operation: 'get' }, 'GET', '/sessions/main'],
	[{ operation: 'getAll', limit: 5 }, 'GET', '/sessions?limit=5'],
	[
		{ operation: 'getAll', limit: 5, filters: { tag: 'region:jkt' } },
		'GET',
		'/sessions?limit=5&tag=region%3Ajkt',
	],
	[
		{
			operation: 'create',
			additionalFields: {
				id: 'shop',
				tags: 'a\nb',
				metadata: '{"customer":"4711"}',
				proxy: { values: { url: 'http://proxy.example:1' } },
			},
		},
		'POST',
		'/sessions',
		{
			id: 'shop',
			tags: ['a', 'b'],
			metadata: { customer: '4711' },
			proxy: { url: 'http://proxy.example:1' },
		},
	],
	[
		{ operation: 'update', updateFields: { name: 'Shop' } },
		'PATCH',
		'/sessions/main',
		{ name: 'Shop' },
	],
	[
		{ operation: 'updateSettings', updateFields: { reconnect: false } },
		'PUT',
		'/sessions/main/settings',
		{ reconnect: false },
	],
	[
		{ operation: 'setProxy', url: 'http://proxy.example:1' },
		'PUT',
		'/sessions/main/proxy',
		{ url: 'http://proxy.example:1' },
	],
	[{ operation: 'getAllTags' }, 'GET', '/tags'],
	[{ operation: 'addTag', tag: 'a/b' }, 'POST', '/sessions/main/tags', { tag: 'a/b' }],
	[{ operation: 'removeTag', tag: 'a/b' }, 'DELETE', '/sessions/main/tags/a%2Fb'],
]

test('operations on sessions, below a session or not, are the requests of the API', async (t) => {
	const list = { sessions: [{ id: 'main' }, { id: 'shop' }], total: 2 }
	const gateway = await startRecorder(({ method, path }) => ({
		status: 200,
		body: method === 'GET' && path.startsWith('/api/v1/sessions?') ? list : { id: 'main' },
	}))
	t.after(() => gateway.stop())
	for (const [parameters, method, path, body] of cases) {
		gateway.requests.length = 0
		const run = await send([{}], {
			baseUrl: gateway.url,
			parameters: { resource: 'session', ...parameters },
		})
		assert.equal(run.data.resultData.error, undefined)
		const [request] = gateway.requests
		assert.deepEqual([request?.method, request?.path], [method, `/api/v1${path}`])
		if (body) assert.deepEqual(request?.body, body)
		assert.equal(sent(run).length, path.startsWith('/sessions?') ? 2 : 1)
	}
})
