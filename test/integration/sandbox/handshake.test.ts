import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WebSocket } from 'ws'
import { startSandbox } from '../../../gateway/src/sandbox/index.ts'
import { BaileysClient } from '../../support/baileys-client.ts'

/** What unmodified Baileys 6.7.21 needs, on a machine with little else to do, is some milliseconds. */
const KEYS_MS = 50

test('a client has time to derive its keys between its last handshake message and the first stanza', async () => {
	const sandbox = await startSandbox()
	const client = new BaileysClient(sandbox)
	try {
		const qr = client.connect().qr()
		const socket = (client.socket.ws as unknown as { socket: WebSocket }).socket
		const sent: number[] = []
		const received: number[] = []
		const send = socket.send.bind(socket) as (...args: unknown[]) => void
		socket.send = (...args: unknown[]) => {
			sent.push(performance.now())
			send(...args)
		}
		socket.on('message', () => received.push(performance.now()))
		await qr
		const [, lastOfHandshake] = sent
		const [, firstStanza] = received
		assert.ok(firstStanza! - lastOfHandshake! >= KEYS_MS, `${firstStanza! - lastOfHandshake!} ms`)
	} finally {
		await client.end()
		await sandbox.close()
	}
})
