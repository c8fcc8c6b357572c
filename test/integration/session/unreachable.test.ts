import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { test, type TestContext } from 'node:test'
import { issueFor, newAuthority } from '../../../gateway/src/sandbox/wire/x509.ts'
import { atEnd, linkedGateway, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { openProxy } from '../../support/net/proxy.ts'
import { until } from '../../support/wait.ts'

const MAIN = '/api/v1/sessions/main'

async function portOf(t: TestContext, server: Server): Promise<number> {
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => void server.close())
	return (server.address() as AddressInfo).port
}

/** Answers every request with a status, an upgrade included. */
const answering = (status: number) => (t: TestContext) =>
	portOf(
		t,
		createHttp((_, answer) => void answer.writeHead(status).end()).on('upgrade', (_, socket) =>
			socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`),
		),
	)

const closing = (t: TestContext) =>
	portOf(
		t,
		createTcp((socket) => void socket.destroy()),
	)

function untrusted(t: TestContext) {
	const { certificate, key } = issueFor(['127.0.0.1'], newAuthority())
	return portOf(
		t,
		createTls({ cert: certificate, key }).on('tlsClientError', () => {}),
	)
}

async function freePort(t: TestContext) {
	const server = createTcp()
	const port = await portOf(t, server)
	server.close()
	await once(server, 'close')
	return port
}

const NETWORK = 'Look at the internet connection and the firewall of this machine.'
const PORTAL = 'A firewall or the login page of a network may answer in its place.'

const troubles: [
	what: string,
	url: string,
	port: (t: TestContext) => number | Promise<number>,
	said: RegExp | string,
][] = [
	['has no name', 'wss://whatsapp.invalid:', () => 443, /^whatsapp\.invalid has no address.* DNS/],
	['refuses', 'ws://127.0.0.1:', freePort, `127.0.0.1 does not accept connections. ${NETWORK}`],
	['hangs up', 'ws://127.0.0.1:', closing, `127.0.0.1 closed the connection. ${NETWORK}`],
	[
		'speaks no TLS',
		'wss://127.0.0.1:',
		answering(200),
		/^127\.0\.0\.1 does not speak TLS as it should \(.*\)\. A firewall/,
	],
	[
		'has a strange certificate',
		'wss://127.0.0.1:',
		untrusted,
		/^127\.0\.0\.1 has a TLS certificate that is not trusted \(.*\)\. A firewall/,
	],
	...[200, 302, 401, 403, 405, 440, 503].map((status): (typeof troubles)[number] => [
		`answers ${status}`,
		'ws://127.0.0.1:',
		answering(status),
		`127.0.0.1 answers ${status} instead of a WebSocket. ${PORTAL}`,
	]),
]

for (const [what, url, port, said] of troubles)
	test(`a server that ${what} is told from others in the session and in the log`, async (t) => {
		const log: string[] = []
		const gateway = await openGateway(t, { log, sandbox: { wsUrl: `${url}${await port(t)}/` } })
		await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
		const { status, last_disconnect } = await until('the failure is told', async () => {
			const { body } = await gateway.request('GET', MAIN)
			return body.last_disconnect && body
		})
		assert.deepEqual([status, last_disconnect.reason], ['linking', 'connection_lost'])
		if (typeof said === 'string') assert.equal(last_disconnect.advice, said)
		else assert.match(last_disconnect.advice, said)
		const line = await until('it is logged', () => log.find((line) => /trying again/.test(line)))
		assert.equal(JSON.parse(line).why, last_disconnect.advice)
	})

test('a proxy that connects no longer is named, without its password', async (t) => {
	const sandbox = await openSandbox(t)
	const gateway = await openGateway(t, { sandbox })
	const proxy = await openProxy(t, 'http')
	await gateway.request('POST', '/api/v1/sessions', { id: 'main', proxy: { url: proxy.url } })
	await gateway.request('GET', `${MAIN}/qr`)
	proxy.works = false
	await gateway.request('POST', `${MAIN}/disconnect`)
	await gateway.request('POST', `${MAIN}/connect`)
	const { advice } = await until('the failure is told', async () => {
		const { last_disconnect } = (await gateway.request('GET', MAIN)).body
		return last_disconnect?.reason === 'connection_lost' && last_disconnect
	})
	const { host, username } = new URL(proxy.url)
	assert.equal(advice, `The proxy ${host} answers 503. Look at the proxy of this session.`)
	assert.ok(username && !advice.includes(username))
})

for (const status of [401, 403])
	test(`an answer ${status} on the way to WhatsApp unlinks and blocks no session`, async (t) => {
		const { gateway, sandbox, owner } = await linkedGateway(t)
		sandbox.whatsapp.faults.refuseUpgrades(status, 1)
		sandbox.whatsapp.drops(owner.account)
		await until('the failure is told', async () => {
			const { body } = await gateway.request('GET', MAIN)
			return body.last_disconnect?.advice?.includes(`answers ${status}`)
		})
		await gateway.becomes('main', 'open')
	})
