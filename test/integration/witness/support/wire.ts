import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A way to a server on which answers take their time. What goes there is passed on at once, or the delay
 * would hide what left too early.
 * @returns the port where it begins
 */
export async function slowAnswers(port: number, delay: () => number) {
	const sockets = new Set<Socket>()
	const server = createServer((near) => {
		const far = connect(port, '127.0.0.1')
		let last: Promise<unknown> = Promise.resolve()
		const inOrder = (act: () => void) => void (last = Promise.all([last, pause(delay())]).then(act))
		near.on('data', (data) => far.write(data))
		far.on('data', (data) => inOrder(() => near.write(data)))
		near.on('close', () => far.destroy())
		far.on('close', () => inOrder(() => near.destroy()))
		for (const socket of [near, far]) {
			sockets.add(socket.setNoDelay())
			socket.on('error', () => undefined)
		}
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	return {
		port: (server.address() as AddressInfo).port,
		close() {
			for (const socket of sockets) socket.destroy()
			server.close()
		},
	}
}
