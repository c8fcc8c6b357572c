import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { until } from '../../support/wait.ts'
import { atEnd, openGateway } from '../../support/gateway/gateway.ts'

/** Takes connections and never answers, like a WhatsApp behind a broken network. */
async function openSilence(t: TestContext) {
	const sockets: Socket[] = []
	const server = createServer((socket) => void sockets.push(socket.on('error', () => {})))
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => {
		for (const socket of sockets) socket.destroy()
		server.close()
	})
	const { port } = server.address() as AddressInfo
	return { wsUrl: `ws://127.0.0.1:${port}/`, calls: () => sockets.length }
}

test('sessions that are deleted during a handshake, or while waiting for one, give their places back', async (t) => {
	const silence = await openSilence(t)
	// A version that is set: only sessions connect.
	const gateway = await openGateway(t, { sandbox: silence, version: '2.3000.1043857760' })
	const ids = ['a', 'b', 'c', 'd', 'waiting', 'waiting-too']
	for (const id of ids) await gateway.request('POST', '/api/v1/sessions', { id })
	await until('four connect at once', () => silence.calls() === 4)

	for (const id of ['waiting', 'a', 'b', 'c', 'd'])
		assert.equal((await gateway.request('DELETE', `/api/v1/sessions/${id}`)).status, 204)
	await until('who waited has a turn', () => silence.calls() === 5)

	for (const id of ['e', 'f', 'g']) await gateway.request('POST', '/api/v1/sessions', { id })
	await until('and so have new ones', () => silence.calls() === 8)
})
