import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, request as send, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { createDraining } from '../../../gateway/src/http/draining.ts'
import { createHttpServer } from '../../../gateway/src/http/server.ts'
import { atEnd } from '../../support/directories.ts'
import { until } from '../../support/wait.ts'

const LONG_MS = 60_000

/** A server whose requests are answered when the test says so, and a client with one connection. */
async function openServer(t: TestContext) {
	const { counted, ...draining } = createDraining()
	const waiting: ((response: Response) => void)[] = []
	const fetch = counted(() => new Promise<Response>((resolve) => waiting.push(resolve)))
	const server = createHttpServer({ fetch }).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	atEnd(t, () => {
		server.closeAllConnections()
		server.close()
	})

	async function ask(agent: Agent) {
		const outgoing = send({ port, host: '127.0.0.1', agent }).end()
		const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
		const chunks = await answer.toArray()
		return { status: answer.statusCode, headers: answer.headers, text: chunks.join('') }
	}
	return {
		...draining,
		server,
		agent() {
			const agent = new Agent({ keepAlive: true, maxSockets: 1 })
			atEnd(t, () => agent.destroy())
			return agent
		},
		ask,
		arrives: (count = 1) => until('requests arrive', () => waiting.length === count),
		answer: () => waiting.shift()!(new Response('done')),
	}
}

test('a request that is under way is answered, on a connection that ends then', async (t) => {
	const { server, agent, ask, arrives, answer, drain } = await openServer(t)
	const asked = ask(agent())
	await arrives()
	const closed = once(server, 'close')
	server.close()
	const drained = drain(LONG_MS)
	answer()
	const { status, headers, text } = await asked
	assert.deepEqual([status, headers.connection, text], [200, 'close', 'done'])
	await drained
	await closed
})

test('a request that comes meanwhile is served, and is waited for', async (t) => {
	const { agent, ask, arrives, answer, drain } = await openServer(t)
	const first = ask(agent())
	await arrives()
	let isDrained = false
	const drained = drain(LONG_MS).then(() => {
		isDrained = true
	})
	const second = ask(agent())
	await arrives(2)
	answer()
	assert.equal((await first).status, 200)
	assert.equal(isDrained, false)
	answer()
	const { status, headers } = await second
	assert.deepEqual([status, headers.connection], [200, 'close'])
	await drained
})

test('a request without an answer in time is told that its outcome is not known, and later ones are refused', async (t) => {
	const { agent, ask, arrives, drain, refuse } = await openServer(t)
	const asked = ask(agent())
	await arrives()
	await drain(1)
	refuse()
	const cut = await asked
	assert.deepEqual([cut.status, JSON.parse(cut.text).code], [504, 'outcome_unknown'])
	const late = await ask(agent())
	assert.deepEqual([late.status, JSON.parse(late.text).code], [503, 'gateway_stopping'])
	assert.equal(late.headers['retry-after'], '5')
})

test('a handler that fails is not waited for', async () => {
	const { counted, drain } = createDraining()
	const error = new Error('broken')
	const failing = counted(() => Promise.reject(error))(new Request('http://localhost'))
	await assert.rejects(async () => failing, error)
	await drain(LONG_MS)
})
