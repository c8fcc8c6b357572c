import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { atEnd } from '../directories.ts'

/** What becomes of what clients and servers say. */
export type Way = 'through' | 'answers-lost' | 'requests-lost' | 'requests-late'

/** A proxy on this machine between clients and a server, which can fail in several ways. */
export async function openTcpProxy(t: TestContext, port: number) {
	const clients = new Set<Socket>()
	const servers = new Set<Socket>()
	let way: Way = 'through'
	let isOpen = true
	/** Requests that reach the server after their client has gone. */
	let late: (() => void)[] = []
	let lost = 0

	const proxy = createServer((client) => {
		if (!isOpen) return void client.destroy()
		const server = connect(port, '127.0.0.1')
		clients.add(client)
		servers.add(server)
		let isLate = false
		client.on('data', (data) => {
			if (way === 'requests-lost') lost++
			else if (way === 'requests-late') {
				isLate = true
				lost++
				late.push(() => server.write(data))
			} else server.write(data)
		})
		server.on('data', (data) => {
			if (way === 'answers-lost') lost++
			else client.write(data)
		})
		for (const socket of [client, server]) socket.on('error', () => {})
		client.on('close', () => {
			clients.delete(client)
			// The backend of a late request goes on.
			if (!isLate) server.destroy()
		})
		server.on('close', () => {
			servers.delete(server)
			client.destroy()
		})
	})
	proxy.listen(0, '127.0.0.1')
	await once(proxy, 'listening')
	atEnd(t, () => {
		for (const socket of [...clients, ...servers]) socket.destroy()
		proxy.close()
	})

	return {
		port: (proxy.address() as AddressInfo).port,
		/** From now on. */
		goes(next: Way) {
			way = next
			lost = 0
		},
		/** How many pieces were lost, or are late, since then. */
		lost: () => lost,
		/** Ends the connections of all clients. */
		cut() {
			for (const client of clients) client.destroy()
		},
		/** Lets no client connect, or lets them again. */
		close: () => void (isOpen = false),
		open: () => void (isOpen = true),
		/** Sends what is late. */
		deliverLate() {
			for (const send of late) send()
			late = []
		},
	}
}
