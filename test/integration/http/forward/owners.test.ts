import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signRequest } from '../../../../gateway/src/http/forward/signature.ts'
import { CLUSTER_KEY } from '../../../support/gateway/front.ts'
import { until } from '../../../support/wait.ts'
import { openNode, type Owners } from './support.ts'

const ownedBy = (node: string, epoch = 1): Owners => new Map([['main', { node, epoch }]])

const answers = (name: string) => (_: Request, body: string) => new Response(`${name} ${body}`)

/** Never answers, and says that it was asked. */
function silent() {
	const asked: string[] = []
	return {
		asked,
		act(_: Request, body: string) {
			asked.push(body)
			return new Promise<Response>(() => {})
		},
	}
}

const keyed = { 'idempotency-key': 'once' }

test('a request is answered by the gateway that has its session, found by its path or in its body', async (t) => {
	const owners = ownedBy('b')
	const a = await openNode(t, 'a', owners, answers('a'))
	await openNode(t, 'b', owners, answers('b'))
	const large = JSON.stringify({ session: 'main', text: 'x'.repeat(3 * 1024 * 1024) })
	const cases: [path: string, body?: string][] = [
		['/main/look'],
		['/main/act', 'hello'],
		['/main/act', large],
		['/act', JSON.stringify({ session: 'main' })],
		['/act', large],
	]
	for (const [path, body = ''] of cases) {
		const answer = await fetch(`${a.url}${path}`, body ? { method: 'POST', body } : {})
		assert.equal(await answer.text(), `b ${body}`)
	}
})

test('a session that does not exist is not found at any gateway', async (t) => {
	const owners = ownedBy('b')
	const a = await openNode(t, 'a', owners, answers('a'))
	await openNode(t, 'b', owners, answers('b'))
	const body = JSON.stringify({ session: 'other' })
	const answer = await fetch(`${a.url}/act`, { method: 'POST', body })
	assert.deepEqual([answer.status, await answer.text()], [404, 'no other'])
})

test('a list has the sessions of all gateways', async (t) => {
	const owners = ownedBy('b').set('own', { node: 'a', epoch: 1 })
	const a = await openNode(t, 'a', owners, answers('a'))
	const listed = (await (await fetch(a.url)).json()) as { id: string }[]
	assert.deepEqual(listed.map(({ id }) => id).sort(), ['main', 'own'])
})

test('a request waits for a session that nobody has at the moment', async (t) => {
	const owners = ownedBy('gone')
	const a = await openNode(t, 'a', owners, answers('a'))
	await openNode(t, 'b', owners, answers('b'))
	const answer = fetch(`${a.url}/main/act`, { method: 'POST', body: 'hello' })
	setTimeout(() => owners.set('main', { node: 'b', epoch: 2 }), 100)
	assert.equal(await (await answer).text(), 'b hello')
})

test('a request that comes to a gateway which has just lost its session is sent to the new owner', async (t) => {
	const seen = ownedBy('b')
	const a = await openNode(t, 'a', seen, answers('a'))
	const b = await openNode(t, 'b', seen, answers('b'))
	const c = await openNode(t, 'c', seen, answers('c'))
	const path = '/main/act'
	const told = { node: 'a', method: 'POST', path, epoch: 1, vouched: {} }
	seen.set('main', { node: 'c', epoch: 2 })
	const headers = signRequest(CLUSTER_KEY, told)
	const refused = await fetch(`${b.internal}${path}`, { method: 'POST', headers, body: 'hello' })
	assert.deepEqual([refused.status, ((await refused.json()) as any).owner], [421, 'c'])
	const answer = await fetch(`${a.url}${path}`, { method: 'POST', body: 'hello' })
	assert.equal(await answer.text(), 'c hello')
	assert.ok(c)
})

const lost: [what: string, init: RequestInit & { path: string }, status: number, text: RegExp][] = [
	['a GET', { path: '/main/look' }, 200, /^c $/],
	[
		'a POST with a key',
		{ path: '/main/act', method: 'POST', headers: keyed, body: 'x' },
		200,
		/^c x$/,
	],
	[
		'a POST with a key whose session is in its body',
		{ path: '/act', method: 'POST', headers: keyed, body: '{"session":"main"}' },
		200,
		/^c \{/,
	],
	[
		'a POST without a key',
		{ path: '/main/act', method: 'POST', body: 'x' },
		503,
		/^outcome_unknown$/,
	],
]
for (const [what, { path, ...init }, status, text] of lost)
	test(`${what} whose owner dies before it answers ${status === 200 ? 'is sent to the next owner' : 'is never sent again'}`, async (t) => {
		const owners = ownedBy('b')
		const a = await openNode(t, 'a', owners, answers('a'))
		const dying = silent()
		const b = await openNode(t, 'b', owners, dying.act)
		await openNode(t, 'c', owners, answers('c'))
		const answer = fetch(`${a.url}${path}`, init)
		await until('the owner has it', () => dying.asked.length)
		b.die()
		owners.set('main', { node: 'c', epoch: 2 })
		const { status: got, ...response } = await answer.then(async (each) => ({
			status: each.status,
			text: await each.text(),
		}))
		assert.equal(got, status)
		assert.match(response.text, text)
		assert.equal(dying.asked.length, 1)
	})

test('what could not be sent at all goes to the next owner, with a key or without', async (t) => {
	const owners = ownedBy('b')
	const a = await openNode(t, 'a', owners, answers('a'))
	const b = await openNode(t, 'b', owners, answers('b'))
	await openNode(t, 'c', owners, answers('c'))
	b.die()
	setTimeout(() => owners.set('main', { node: 'c', epoch: 2 }), 100)
	const answer = await fetch(`${a.url}/main/act`, { method: 'POST', body: 'x' })
	assert.equal(await answer.text(), 'c x')
})

test('an owner that does not answer in time leaves the outcome unknown', async (t) => {
	const owners = ownedBy('b')
	const a = await openNode(t, 'a', owners, answers('a'), -14_500)
	await openNode(t, 'b', owners, silent().act)
	const answer = await fetch(`${a.url}/main/act`, { method: 'POST', body: 'x' })
	assert.equal(await answer.text(), 'outcome_unknown')
})

test('the internal port takes nothing that no gateway of the cluster has signed just now', async (t) => {
	const owners = ownedBy('b')
	const b = await openNode(t, 'b', owners, answers('b'))
	const request = { node: 'a', method: 'GET', path: '/main/look?x=1', epoch: 1, vouched: {} }
	const admin = {
		key: 'admin',
		role: 'admin',
		sessions: null,
		workspace: null,
		actions: null,
	} as const
	const other = Buffer.from(JSON.stringify({ caller: admin })).toString('base64url')
	const signed = signRequest(CLUSTER_KEY, request)
	const cases: [what: string, headers: Record<string, string>, status: number][] = [
		['signed', signed, 200],
		['not signed', {}, 401],
		['with another key', signRequest('another-key-of-a-cluster', request), 401],
		['for another path', signRequest(CLUSTER_KEY, { ...request, path: '/main/look' }), 401],
		['for another method', signRequest(CLUSTER_KEY, { ...request, method: 'POST' }), 401],
		['with another caller', { ...signed, 'wag-caller': other }, 401],
		['with another epoch', { ...signed, 'wag-epoch': '2' }, 401],
		['too old', signRequest(CLUSTER_KEY, request, Date.now() - 31_000), 401],
		['of the future', signRequest(CLUSTER_KEY, request, Date.now() + 31_000), 401],
	]
	for (const [what, headers, status] of cases) {
		const answer = await fetch(`${b.internal}${request.path}`, { headers })
		assert.equal(answer.status, status, what)
		await answer.text()
	}
})

test('the public port believes no signature', async (t) => {
	const owners = ownedBy('b')
	const vouchedBy: (string | null)[] = []
	const b = await openNode(t, 'b', owners, ({ headers }) => {
		vouchedBy.push(headers.get('wag-caller'))
		return new Response('')
	})
	const a = await openNode(t, 'a', owners, answers('a'))
	const headers = { 'wag-caller': 'forged', 'wag-internal': 'x.1.y' }
	await (await fetch(`${a.url}/main/look`, { headers })).text()
	assert.equal(vouchedBy.includes('forged'), false)
	assert.ok(b)
})

test('a stream is passed on as it comes, and ends at both ends together', async (t) => {
	const owners = ownedBy('b')
	let ended = false
	let say: (text: string) => void = () => {}
	const a = await openNode(t, 'a', owners, answers('a'))
	const b = await openNode(t, 'b', owners, () => {
		const stream = new ReadableStream<Uint8Array>({
			start: (controller) => {
				say = (text) => controller.enqueue(new TextEncoder().encode(text))
			},
			cancel: () => void (ended = true),
		})
		return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
	})
	const open = async (signal?: AbortSignal) => {
		const { body } = await fetch(`${a.url}/main/look`, signal ? { signal } : {})
		const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
		for (const word of ['one', 'two']) {
			say(word)
			assert.equal((await reader.read()).value, word)
		}
		return reader
	}
	const client = new AbortController()
	await open(client.signal)
	client.abort()
	await until('the owner knows that the client has gone', () => ended)
	const reader = await open()
	b.die()
	await assert.rejects(reader.read())
})
