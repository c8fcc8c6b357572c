import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { test } from 'node:test'
import { initAuthCreds, makeWASocket } from '@whiskeysockets/baileys'
import { endSlowHandshake } from '../../../../gateway/src/session/connection/handshake-timeout.ts'
import { silentLog } from '../../../../gateway/src/log.ts'

test(
	'a server that takes the connection and says nothing is given up',
	{ timeout: 10_000 },
	async (t) => {
		const held: Socket[] = []
		const silent = createServer((socket) => void held.push(socket)).listen(0, '127.0.0.1')
		t.after(() => {
			for (const socket of held) socket.destroy()
			silent.close()
		})
		await once(silent, 'listening')
		const { port } = silent.address() as AddressInfo
		const socket = makeWASocket({
			waWebSocketUrl: `ws://127.0.0.1:${port}`,
			auth: { creds: initAuthCreds(), keys: { get: async () => ({}), set: async () => {} } },
			logger: silentLog,
			connectTimeoutMs: 0,
		})
		socket.ws.on('error', () => {})
		endSlowHandshake(socket, 100)
		const code = await new Promise((resolve) => {
			socket.ev.on('connection.update', ({ connection, lastDisconnect }) => {
				const { output } = (lastDisconnect?.error ?? {}) as { output?: { statusCode: number } }
				if (connection === 'close') resolve(output?.statusCode)
			})
		})
		assert.equal(code, 408)
	},
)
