import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import type { Server } from 'node:http'

/** The first byte of a TLS handshake; no HTTP request begins with it. */
const TLS_HANDSHAKE = 0x16

/** One port for both: TLS connections go to one server, the others to another one. */
export async function listenTlsOrPlain(
	{ plain, tls }: { plain: Server; tls: Server },
	{ port, host }: { port: number; host: string },
) {
	const sockets = new Set<Socket>()
	const listener = createTcpServer((socket) => {
		sockets.add(socket)
		socket.on('close', () => sockets.delete(socket))
		socket.on('error', () => socket.destroy())
		socket.once('readable', () => {
			const first = socket.read(1) as Buffer | null
			if (!first) return
			socket.unshift(first)
			;(first[0] === TLS_HANDSHAKE ? tls : plain).emit('connection', socket)
		})
	})
	await new Promise<void>((resolve, reject) => {
		listener.once('error', reject)
		listener.listen(port, host, resolve)
	})
	return {
		port: (listener.address() as AddressInfo).port,
		async close() {
			const closed = new Promise((resolve) => listener.close(resolve))
			for (const socket of sockets) socket.destroy()
			await closed
		},
	}
}
