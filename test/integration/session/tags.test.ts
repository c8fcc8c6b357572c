import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { ADMIN_KEY, openGateway } from '../../support/gateway/gateway.ts'

const SESSIONS = '/api/v1/sessions'

async function openWorld(t: TestContext) {
	const gateway = await openGateway(t)
	const ask = async (method: string, path: string, body?: object, key = ADMIN_KEY) => {
		const headers = { 'x-api-key': key, 'content-type': 'application/json' }
		return gateway.request(method, `/api/v1${path}`, body, headers)
	}
	for (const id of ['one', 'two', 'three']) await gateway.request('POST', SESSIONS, { id })
	return { gateway, ask }
}

test('tags of a session are set, added and removed, each once', async (t) => {
	const { ask } = await openWorld(t)
	const steps: [method: string, path: string, body: object | undefined, answer: object][] = [
		['GET', '', undefined, { tags: [] }],
		['PUT', '', { tags: ['cs', ' vip ', 'cs'] }, { tags: ['cs', 'vip'] }],
		['POST', '', { tag: 'new' }, { tag: 'new', changed: true, tags: ['cs', 'vip', 'new'] }],
		['POST', '', { tag: 'new' }, { tag: 'new', changed: false, tags: ['cs', 'vip', 'new'] }],
		['DELETE', '/vip', undefined, { tag: 'vip', changed: true, tags: ['cs', 'new'] }],
		['DELETE', '/vip', undefined, { tag: 'vip', changed: false, tags: ['cs', 'new'] }],
		['POST', '', { tag: 'a/b' }, { tag: 'a/b', changed: true, tags: ['cs', 'new', 'a/b'] }],
		['DELETE', '/a%2Fb', undefined, { tag: 'a/b', changed: true, tags: ['cs', 'new'] }],
	]
	for (const [method, path, body, answer] of steps) {
		const { status, body: told } = await ask(method, `/sessions/one/tags${path}`, body)
		assert.deepEqual([status, told], [200, { session_id: 'one', ...answer }], `${method} ${path}`)
	}
	assert.deepEqual((await ask('GET', '/sessions/one')).body.tags, ['cs', 'new'])
})

test('tags that come at the same time are all kept, over a restart', async (t) => {
	const { gateway, ask } = await openWorld(t)
	const tags = Array.from({ length: 50 }, (_, n) => `tag ${n}`)
	await Promise.all(tags.map((tag) => ask('POST', '/sessions/one/tags', { tag })))
	const more = await ask('POST', '/sessions/one/tags', { tag: 'one too many' })
	assert.deepEqual([more.status, more.body.field], [400, 'tag'])
	await gateway.stop()
	const next = await openGateway(t, { dataDir: gateway.dataDir })
	const { body } = await next.request('GET', `${SESSIONS}/one/tags`)
	assert.deepEqual(body.tags.toSorted(), tags.toSorted())
})

test('sessions are found by a tag, and tags are counted, as far as the key reaches', async (t) => {
	const { ask } = await openWorld(t)
	await ask('PUT', '/sessions/one/tags', { tags: ['b', 'a'] })
	await ask('PUT', '/sessions/two/tags', { tags: ['b'] })
	await ask('PUT', '/sessions/three/tags', { tags: ['b', 'c'] })
	const sessions = ['one', 'two']
	const { key } = (await ask('POST', '/keys', { name: 'm', role: 'member', sessions })).body
	const found = async (query: string, by?: string) => {
		const { body } = await ask('GET', `/sessions${query}`, undefined, by)
		return { ids: body.sessions.map(({ id }: { id: string }) => id), total: body.total }
	}
	const all = { ids: ['one', 'two', 'three'], total: 3 }
	assert.deepEqual(await found(''), all)
	assert.deepEqual(await found('?tag=b'), all)
	assert.deepEqual(await found('?tag=c'), { ids: ['three'], total: 1 })
	assert.deepEqual(await found('?tag=c', key), { ids: [], total: 0 })
	assert.deepEqual(await found('?tag=b&limit=1&offset=1', key), { ids: ['two'], total: 2 })
	const count = (tag: string, session_count: number) => ({ tag, session_count })
	assert.deepEqual((await ask('GET', '/tags')).body, [count('b', 3), count('a', 1), count('c', 1)])
	const own = await ask('GET', '/tags', undefined, key)
	assert.deepEqual(own.body, [count('b', 2), count('a', 1)])
})

test('tags that cannot be are refused, by their field', async (t) => {
	const { ask } = await openWorld(t)
	const tooMany = Array.from({ length: 51 }, (_, n) => String(n))
	const wrong: [method: string, body: object, field: RegExp][] = [
		['PUT', { tags: tooMany }, /^tags$/],
		['PUT', { tags: [' '] }, /^tags\.0$/],
		['PUT', { tags: 'cs' }, /^tags$/],
		['POST', { tag: 'x'.repeat(65) }, /^tag$/],
		['POST', {}, /^tag$/],
	]
	for (const [method, body, field] of wrong) {
		const answer = await ask(method, '/sessions/one/tags', body)
		assert.equal(answer.status, 400, answer.text)
		assert.match(answer.body.field, field)
	}
	assert.equal((await ask('GET', '/sessions/none/tags')).status, 404)
	const made = await ask('POST', '/sessions', { id: 'four', tags: ['cs'] })
	assert.deepEqual([made.status, made.body.tags], [201, ['cs']])
})
