import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { test } from 'node:test'
import { tunnelThrough } from '../../../gateway/src/lib/net/tunnel.ts'
import { atEnd } from '../../support/directories.ts'
import { openProxy, proxyKinds } from '../../support/net/proxy.ts'

for (const kind of proxyKinds)
	test(`a tunnel leads through a proxy that is known by name, to a place by name (${kind})`, async (t) => {
		const server = createServer((socket) => socket.end('hello')).listen(0, 'localhost')
		await once(server, 'listening')
		atEnd(t, () => server.close())
		const { port } = server.address() as AddressInfo
		const proxy = await openProxy(t, kind)
		const tunnel = tunnelThrough(proxy.url.replace('127.0.0.1', 'localhost'))
		const socket = await tunnel({ host: 'localhost', port })
		const [greeting] = (await once(socket, 'data')) as [Buffer]
		assert.equal(greeting.toString(), 'hello')
		assert.deepEqual(proxy.connections, [`localhost:${port}`], 'the proxy looks the name up')
	})

test('a proxy with TLS must have a certificate for its own name, not for that of the place', async (t) => {
	const proxy = await openProxy(t, 'https')
	proxy.works = false
	const named = (url: string) => tunnelThrough(url)({ host: 'whatsapp.test', port: 443 })
	// It is asked, and refuses: its certificate was good.
	await assert.rejects(named(proxy.url), /answers 503/)
	await assert.rejects(named(proxy.url.replace('127.0.0.1', 'localhost')), /answers 503/)
	await assert.rejects(named(proxy.url.replace('127.0.0.1', '127.0.0.2')), /for another name/)
})
