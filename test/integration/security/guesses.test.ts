import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { openDoor } from './support/door.ts'
import { ADMIN_KEY, openGateway } from '../../support/gateway/gateway.ts'

test('wrong keys are refused after ten of them, and right ones are let in all along', async (t) => {
	const gateway = await openGateway(t)
	const port = await openDoor(t, gateway)
	const { body: member } = await gateway.request('POST', '/api/v1/keys', { name: 'n8n' })
	const ask = (key: string, from: string) => askFrom(port, key, from)

	const answers: number[] = []
	for (let guess = 0; guess < 300; guess++) {
		answers.push(await ask(`wag_${guess}`, '127.0.0.2'))
		if (guess % 50 !== 49) continue
		assert.equal(await ask(ADMIN_KEY, '127.0.0.2'), 200, 'the admin, at the same address')
		assert.equal(await ask(member.key, '127.0.0.2'), 200, 'a member, at the same address')
		assert.equal(await ask(ADMIN_KEY, '127.0.0.3'), 200, 'elsewhere')
		assert.equal(
			await ask('wag_wrong', `127.0.1.${(guess + 1) / 50}`),
			401,
			'a wrong key elsewhere',
		)
	}
	assert.deepEqual(answers.slice(0, 10), Array(10).fill(401))
	assert.deepEqual(new Set(answers.slice(10)), new Set([429]))
})

test('a key works from its making on, no longer after a rotation, and not once it is deleted', async (t) => {
	const gateway = await openGateway(t)
	const works = async (key: string) =>
		(await gateway.request('GET', '/api/v1/sessions', undefined, { 'x-api-key': key })).status
	const made: { id: string; key: string }[] = []
	for (const name of ['a', 'b', 'c'])
		made.push((await gateway.request('POST', '/api/v1/keys', { name })).body)
	const [a, b, c] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]]
	for (const { key } of made) assert.equal(await works(key), 200)
	const { body: rotated } = await gateway.request('POST', `/api/v1/keys/${b.id}/rotate`)
	await gateway.request('DELETE', `/api/v1/keys/${c.id}`)
	assert.deepEqual(
		await Promise.all([a, b, rotated, c].map(({ key }) => works(key))),
		[200, 401, 200, 401],
	)
})

test('a key of any length is answered', async (t) => {
	const gateway = await openGateway(t)
	for (const length of [1, 1024, 1025, 1_000_000]) {
		const headers = { 'x-api-key': 'k'.repeat(length) }
		assert.equal((await gateway.request('GET', '/api/v1/keys', undefined, headers)).status, 401)
	}
})

test('a refusal says until when wrong keys are refused, in the words of each API', async (t) => {
	const port = await openDoor(t, await openGateway(t))
	const headers = { authorization: 'Bearer wrong', 'x-api-key': 'wrong' }
	const guess = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
	for (let wrong = 0; wrong < 11; wrong++) await guess('/api/v1/sessions')
	for (const path of ['/api/v1/sessions', '/workspaces/x', '/sessions/x/send/text']) {
		const answer = await guess(path)
		assert.equal(answer.status, 429)
		assert.match(await answer.text(), /Too many wrong API keys/)
		assert.ok(Number(answer.headers.get('retry-after')) <= 60)
	}
})

function askFrom(port: number, key: string, localAddress: string): Promise<number> {
	const headers = { 'x-api-key': key }
	const to = { host: '127.0.0.1', port, path: '/api/v1/sessions', localAddress, headers }
	return new Promise((resolve, reject) => {
		const asking = request(to, (response) => {
			response.resume().on('end', () => resolve(response.statusCode!))
		})
		asking.on('error', reject).end()
	})
}
