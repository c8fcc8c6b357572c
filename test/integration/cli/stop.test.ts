import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { startSandbox } from '../../../gateway/src/sandbox/index.ts'
import { clientRequest } from '../../support/client-request.ts'
import { startGateway } from '../../support/gateway-process.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { until } from '../../support/wait.ts'

const SHOP = '491700000001'
const ANNA = '491700000002'
/** What a platform leaves between SIGTERM and SIGKILL. */
const GRACE_MS = 10_000

/** A server that takes requests and answers none of them until it is told to. */
async function openSilentServer(t: TestContext) {
	const waiting: [url: string, response: ServerResponse][] = []
	let answers = false
	const server = createServer((incoming, response) => {
		incoming.resume()
		waiting.push([incoming.url!, response])
		if (answers) response.writeHead(204).end()
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => {
		server.closeAllConnections()
		server.close()
	})
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		gets: (path: string, after = 0) =>
			until(`${path} is asked for`, () => waiting.slice(after).some(([url]) => url === path)),
		count: () => waiting.length,
		answer: () => void (answers = true),
	}
}

test('a stop waits for no webhook, file, acknowledgement, body or stream, and nothing is lost', async (t) => {
	const dataDir = await temporaryDirectory(t)
	const options = { dataDir, log: join(dataDir, 'gateway.log'), fetchAllow: '127.0.0.1' }
	const far = await openSilentServer(t)
	const gateway = await startGateway(options)
	atEnd(t, gateway.stop)
	await gateway.person(SHOP, 'Shop')
	await gateway.person(ANNA, 'Anna')
	await gateway.link('main', SHOP)
	const messages = '/api/v1/sessions/main/messages'
	const headers = { 'x-api-key': gateway.adminKey, 'content-type': 'application/json' }

	await gateway.request('POST', '/api/v1/sessions/main/webhooks', {
		url: `${far.url}/hook`,
		events: ['message.received'],
	})
	await gateway.says(ANNA, SHOP, 'is anybody there?')
	await far.gets('/hook')

	const stream = await fetch(`${gateway.url}/api/v1/sessions/main/events/stream`, { headers })
	assert.equal(stream.status, 200)
	const body = request(`${gateway.url}${messages}/text`, { method: 'POST', headers })
	body.on('error', () => {})
	body.write('{"to": ')

	const before = await gateway.newest(ANNA)
	await gateway.request('POST', '/sandbox/faults', { type: 'hold_acks', account: SHOP })
	const sends = [
		['text', { to: ANNA, text: 'never acknowledged' }] as const,
		['image', { to: ANNA, image: { url: `${far.url}/image` } }] as const,
	].map(([type, said]) => gateway.request('POST', `${messages}/${type}`, said))
	const answers = Promise.allSettled(sends)
	await far.gets('/image')
	await gateway.receives(ANNA, before, ({ text }) => text === 'never acknowledged')

	const start = Date.now()
	const exit = once(gateway.process, 'exit')
	gateway.process.kill('SIGTERM')
	assert.deepEqual(await exit, [0, null])
	const took = Date.now() - start
	assert.ok(took < GRACE_MS, `it took ${took} ms`)
	t.diagnostic(`stopped within ${took} ms`)
	for (const { reason } of (await answers) as PromiseRejectedResult[])
		assert.match(reason.message, /answered 504 .*outcome_unknown/)

	const attempts = far.count()
	far.answer()
	const again = await startGateway(options)
	atEnd(t, again.stop)
	await far.gets('/hook', attempts)
	const copies = async () => {
		const path = `/sandbox/phones/${ANNA}/messages?after=${before}`
		type Copy = { text: string; copies: number }
		const { messages } = await again.request<{ messages: Copy[] }>('GET', path)
		return messages.filter(({ text }) => text === 'never acknowledged')
	}
	await until('the message is sent again, as the same message', async () => {
		const found = await copies()
		return found.length === 1 && found[0]!.copies > 1
	})
})

test('a gateway that is told to stop answers the requests under way', async (t) => {
	const sandbox = await startSandbox({ servesControl: true })
	atEnd(t, () => sandbox.close())
	const dataDir = await temporaryDirectory(t)
	const gateway = await startGateway({
		dataDir,
		log: join(dataDir, 'gateway.log'),
		sandbox: sandbox.wsUrl.replace('ws:', 'http:').replace('/ws/chat', ''),
	})
	atEnd(t, gateway.stop)
	const anna = sandbox.phone(ANNA)
	sandbox.phone(SHOP)
	await gateway.link('main', SHOP)
	sandbox.whatsapp.faults.holdAcks(SHOP)
	const texts = Array.from({ length: 10 }, (_, n) => `text ${n}`)
	const url = `${gateway.url}/api/v1/sessions/main/messages/text`
	const sends = texts.map((text) =>
		fetch(url, clientRequest(gateway.adminKey, 'POST', { to: ANNA, text })),
	)
	await until('all have left', () => anna.inbox.entries.length === texts.length)
	const exit = once(gateway.process, 'exit')
	gateway.process.kill('SIGTERM')
	const listens = () =>
		fetch(`${gateway.url}/health`).then(
			() => true,
			() => false,
		)
	await until('it stops', async () => !(await listens()))
	sandbox.whatsapp.faults.releaseAcks(SHOP)
	for (const send of sends) assert.equal((await send).status, 200)
	assert.deepEqual(await exit, [0, null])
})
