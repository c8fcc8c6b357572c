import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { WASocket } from '@whiskeysockets/baileys'
import { WebSocket, WebSocketServer } from 'ws'
import { installWriteBarrier } from '../../../../gateway/src/session/connection/write-barrier.ts'

/** A connection whose frames pass the barrier while nothing is being committed, or once `commit` is called. */
async function openConnection(
	t: TestContext,
	{ commits = false, mayLeave = (): boolean => true } = {},
) {
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
	t.after(() => server.close())
	const received: string[] = []
	const accepted = once(server, 'connection') as Promise<[WebSocket]>
	await once(server, 'listening')
	const wire = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
	t.after(() => wire.terminate())
	await once(wire, 'open')
	const [far] = await accepted
	far.on('message', (data) => received.push(String(data)))
	const ended = once(far, 'close')
	let commit = () => {}
	const durable = commits ? new Promise<void>((resolve) => (commit = resolve)) : undefined
	let isDurable = !commits
	void durable?.then(() => (isDurable = true))
	const socket = { ws: { socket: wire } } as unknown as WASocket
	installWriteBarrier(socket, { settled: () => (isDurable ? undefined : durable), mayLeave })
	const { _socket: tcp } = wire as unknown as { _socket: Socket }
	const alone = t.mock.method(tcp, '_write')
	const together = t.mock.method(tcp, '_writev' as never)
	return {
		wire,
		received,
		ended,
		commit,
		/** How often the system was asked to write. */
		writes: () => alone.mock.callCount() + (together as typeof alone).mock.callCount(),
	}
}

const names = Array.from({ length: 20 }, (_, n) => `frame ${n}`)

test('frames of the same tick leave together, in their order', async (t) => {
	const { wire, received, ended, writes } = await openConnection(t)
	for (const name of names) wire.send(Buffer.from(name))
	assert.equal(writes(), 0, 'it is not the next tick yet')
	await nextTurn()
	assert.equal(writes(), 1)
	wire.close()
	await ended
	assert.deepEqual(received, names)
})

test('frames that waited for a commit leave together after it, and none before', async (t) => {
	const { wire, received, ended, commit, writes } = await openConnection(t, { commits: true })
	for (const name of names) wire.send(Buffer.from(name))
	await nextTurn()
	assert.equal(writes(), 0)
	commit()
	await nextTurn()
	assert.equal(writes(), 1)
	wire.close()
	await ended
	assert.deepEqual(received, names)
})

test('frames of different ticks leave at once', async (t) => {
	const { wire, received, ended, writes } = await openConnection(t)
	for (const name of names) {
		wire.send(Buffer.from(name))
		await nextTurn()
	}
	assert.equal(writes(), names.length)
	wire.close()
	await ended
	assert.deepEqual(received, names)
})

test('frames that were sent before the connection is closed arrive', async (t) => {
	const { wire, received, ended, commit } = await openConnection(t, { commits: true })
	for (const name of names) wire.send(Buffer.from(name))
	wire.close()
	wire.send(Buffer.from('too late'))
	commit()
	await ended
	assert.deepEqual(received, names)
})

test('no frame leaves once the session is another gateway’s', async (t) => {
	let isOurs = true
	const { wire, received, ended } = await openConnection(t, { mayLeave: () => isOurs })
	wire.send(Buffer.from('ours'))
	await nextTurn()
	isOurs = false
	wire.send(Buffer.from('not ours'))
	const [code] = await ended
	assert.equal(code, 1006, 'without a frame that closes it')
	assert.deepEqual(received, ['ours'])
})
