import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { openDoor } from './support/door.ts'
import { ADMIN_KEY, openGateway } from '../../support/gateway/gateway.ts'

test('who guesses a thousand keys hears no after ten of them, and nobody elsewhere notices', async (t) => {
	const gateway = await openGateway(t)
	const port = await openDoor(t, gateway)
	const { body: member } = await gateway.request('POST', '/api/v1/keys', { name: 'n8n' })
	const ask = (key: string, from: string) => askFrom(port, key, from)
	assert.equal(await ask(member.key, '127.0.0.2'), 200)

	const began = Date.now()
	const answers: number[] = []
	for (let guess = 0; guess < 1_000; guess++) {
		answers.push(await ask(`wag_${guess}`, '127.0.0.2'))
		if (guess % 100 === 99) {
			assert.equal(await ask(ADMIN_KEY, '127.0.0.3'), 200, 'elsewhere')
			assert.equal(await ask(member.key, '127.0.0.2'), 200, 'known at the same address')
			assert.equal(await ask(ADMIN_KEY, '127.0.0.2'), 429, 'right, but not known there')
		}
	}
	assert.ok(Date.now() - began < 60_000)
	assert.deepEqual(answers.slice(0, 10), Array(10).fill(401))
	const refused = answers.slice(10).filter((status) => status === 429).length
	assert.ok(refused >= 0.98 * 990, `${refused} of 990`)
	t.diagnostic(`${refused} of 990 were refused unseen`)
})

test('a refusal says when a key is looked at again, in the words of each API', async (t) => {
	const port = await openDoor(t, await openGateway(t))
	const headers = { authorization: 'Bearer wrong', 'x-api-key': 'wrong' }
	const guess = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
	for (let wrong = 0; wrong < 11; wrong++) await guess('/api/v1/sessions')
	for (const path of ['/api/v1/sessions', '/workspaces/x', '/sessions/x/send/text']) {
		const answer = await guess(path)
		assert.equal(answer.status, 429)
		assert.match(await answer.text(), /Too many wrong API keys/)
		assert.ok(Number(answer.headers.get('retry-after')) <= 5)
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
