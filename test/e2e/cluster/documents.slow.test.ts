import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../support/wait.ts'
import { openClusterWorld, type ClusterNode } from './support/world.ts'

const WORKSPACE = 'be11c51b-1a5a-4bc9-9cb6-7ee7040ec4d8'

const answerTo = async (node: ClusterNode, key: string) =>
	(await fetch(`${node.url}/api/v1/sessions`, { headers: { 'x-api-key': key } })).status

/** Asks an API that takes its key as a bearer token. */
async function asks(node: ClusterNode, method: string, path: string, body?: object) {
	const response = await fetch(`${node.url}${path}`, {
		method,
		headers: { authorization: `Bearer ${node.adminKey}`, 'content-type': 'application/json' },
		...(body && { body: JSON.stringify(body) }),
	})
	assert.ok(response.ok, `${method} ${path}: ${response.status}`)
	return (await response.json().catch(() => ({}))) as { id: string }
}

test('a key that one gateway makes is good at the others, until one of them deletes it', async (t) => {
	const world = await openClusterWorld(t)
	const [a, b] = [await world.start(), await world.start()]
	type Made = { id: string; key: string }
	const made = await a.request<Made>('POST', '/api/v1/keys', { name: 'shared', role: 'admin' })
	await until('the other one knows the key', async () => (await answerTo(b, made.key)) === 200)
	await b.request('DELETE', `/api/v1/keys/${made.id}`)
	await until('the first one refuses it', async () => (await answerTo(a, made.key)) === 401)
})

test('a webhook of a workspace is in the sessions of all gateways: made, changed and deleted', async (t) => {
	const world = await openClusterWorld(t)
	const nodes = [await world.start(), await world.start()]
	for (const [n, node] of nodes.entries())
		await node.request('POST', '/api/v1/sessions', { id: `session-${n}`, workspace: WORKSPACE })
	const urlsAt = async (n: number) =>
		(await nodes[n]!.webhooks(`session-${n}`)).map(({ url }) => url)
	const becomes = async (urls: string[]) => {
		for (const n of nodes.keys())
			await until(`gateway ${n} has ${urls}`, async () => String(await urlsAt(n)) === String(urls))
	}
	const path = `/workspaces/${WORKSPACE}/webhooks`
	const url = 'http://127.0.0.1:9/one'
	const { id } = await asks(nodes[0]!, 'POST', path, { url, events: ['*'] })
	await becomes([url])
	const changed = 'http://127.0.0.1:9/two'
	await asks(nodes[1]!, 'PATCH', `${path}/${id}`, { url: changed })
	await becomes([changed])
	await asks(nodes[0]!, 'DELETE', `${path}/${id}`)
	await becomes([])
	assert.equal((await world.spread()).none, undefined)
})

test('a key may send as often as RATE_LIMIT says, in all gateways together', async (t) => {
	const LIMIT = 20
	const world = await openClusterWorld(t)
	const nodes = await Promise.all([1, 2, 3].map(() => world.start({ RATE_LIMIT: String(LIMIT) })))
	await world.link(nodes[0]!, 1)
	const [{ id, person }] = world.lines as [(typeof world.lines)[number]]
	const sendBy = async (node: ClusterNode, n: number) => {
		const body = JSON.stringify({ to: person.account.phone, text: `text ${n}` })
		const response = await fetch(`${node.url}/api/v1/sessions/${id}/messages/text`, {
			method: 'POST',
			headers: { 'x-api-key': node.adminKey, 'content-type': 'application/json' },
			body,
		})
		assert.match(response.headers.get('ratelimit') ?? '', /^"key";r=\d+;t=\d+$/)
		return response.status
	}
	const statuses = await Promise.all(
		Array.from({ length: 3 * LIMIT }, (_, n) => sendBy(nodes[n % 3]!, n)),
	)
	assert.equal(statuses.filter((status) => status === 200).length, LIMIT)
	assert.equal(statuses.filter((status) => status === 429).length, 2 * LIMIT)
})
