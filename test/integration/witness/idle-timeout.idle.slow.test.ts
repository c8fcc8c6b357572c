import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { atEnd, linkedGateway, openGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

/** A way to somebody that can fall silent: what is written is taken, and nobody answers. */
async function openWay(t: TestContext, port: number) {
	const pairs = new Set<[Socket, Socket]>()
	const server = createServer((near) => {
		const far = connect(port, '127.0.0.1')
		near.pipe(far).pipe(near)
		for (const socket of [near, far]) socket.on('error', () => {})
		pairs.add([near, far])
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => {
		for (const socket of [...pairs].flat()) socket.destroy()
		server.close()
	})
	return {
		port: (server.address() as AddressInfo).port,
		/** Those who come later are answered. */
		fallSilent() {
			for (const [near, far] of pairs) {
				near.unpipe(far).resume()
				far.unpipe(near).resume()
			}
		},
	}
}

test('a silent connection is noticed within 45 seconds and replaced within 90', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	await gateway.stop()
	const url = new URL(sandbox.wsUrl)
	const way = await openWay(t, Number(url.port))
	url.port = String(way.port)
	const again = await openGateway(t, {
		dataDir: gateway.dataDir,
		sandbox: { ...sandbox, wsUrl: url.href },
	})
	again.start()
	await again.becomes('main', 'open')
	const begin = Date.now()
	const seconds = () => (Date.now() - begin) / 1000
	way.fallSilent()
	await ada.says('is anybody there?', { to: owner })
	await until('it is noticed', async () => (await again.statusOf('main')) !== 'open', {
		timeout: 46_000,
	})
	const noticed = seconds()
	const texts = async () =>
		(await again.request('GET', '/api/v1/sessions/main/events?limit=1000')).body.events
			.filter(({ type }: any) => type === 'message.received')
			.map(({ data }: any) => data.text)
	await until('what was sent meanwhile is here', async () => (await texts()).length, {
		timeout: 45_000,
	})
	assert.deepEqual(await texts(), ['is anybody there?'])
	assert.ok(seconds() <= 90)
	t.diagnostic(`noticed after ${noticed} s, replaced after ${seconds()} s`)
})
