import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import {
	createServer as createTlsServer,
	getCACertificates,
	setDefaultCACertificates,
} from 'node:tls'
import type { TestContext } from 'node:test'
import { issueFor, newAuthority } from '../../../gateway/src/sandbox/wire/x509.ts'
import { atEnd } from '../directories.ts'

export const proxyKinds = ['http', 'https', 'socks5'] as const
export type ProxyKind = (typeof proxyKinds)[number]

export type TestProxy = {
	/** Its URL, with the user name and password that it wants. */
	url: string
	/** `host:port` of everything that it connected to, in order. */
	connections: string[]
	/** The ports from which it has connected there: the other side sees them. */
	ports: Set<number>
	/** Whether it connects anybody. */
	works: boolean
}

const USER = 'user'
const PASSWORD = 'p@ss:word'

/** A proxy that speaks HTTP's CONNECT, over TLS or not, or SOCKS5, wants a password, and notes where it connects to. */
export async function openProxy(t: TestContext, kind: ProxyKind): Promise<TestProxy> {
	const sockets = new Set<Socket>()
	const follow = (socket: Socket) => {
		sockets.add(socket)
		socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
		return socket
	}
	const listen = (serving: (client: Socket) => void) =>
		kind === 'https' ? createTlsServer(trustedIdentity(t), serving) : createServer(serving)
	const server = listen((client) => {
		follow(client)
		const serve = kind === 'socks5' ? serveSocks : serveConnect
		serve(client, proxy, (host, port) => {
			proxy.connections.push(`${host}:${port}`)
			const target = follow(connect(port, host))
			target.on('connect', () => proxy.ports.add(target.localPort!))
			target.on('close', () => client.destroy())
			client.on('close', () => target.destroy())
			return target
		}).catch(() => client.destroy())
	})
	await new Promise<void>((resolve) =>
		server.listen(0, kind === 'https' ? undefined : '127.0.0.1', resolve),
	)
	const { port } = server.address() as AddressInfo
	const login = `${USER}:${encodeURIComponent(PASSWORD)}`
	const url = `${kind}://${login}@127.0.0.1:${port}`
	const proxy: TestProxy = { url, connections: [], ports: new Set(), works: true }
	atEnd(t, async () => {
		const closed = new Promise((resolve) => server.close(resolve))
		for (const socket of sockets) socket.destroy()
		await closed
	})
	return proxy
}

/** A certificate for this machine, whose authority the process trusts until the test ends. */
function trustedIdentity(t: TestContext) {
	const authority = newAuthority()
	const { certificate: cert, key } = issueFor(['127.0.0.1', 'localhost'], authority)
	const usual = getCACertificates('default')
	setDefaultCACertificates([...usual, authority.certificate])
	atEnd(t, async () => setDefaultCACertificates(usual))
	return { cert, key }
}

type Open = (host: string, port: number) => Socket

async function serveConnect(client: Socket, proxy: TestProxy, open: Open) {
	let head = ''
	while (!head.includes('\r\n\r\n')) head += (await read(client, 1)).toString('latin1')
	const [, host, port] = /^CONNECT (.+):(\d+) HTTP/.exec(head) ?? []
	const basic = Buffer.from(`${USER}:${PASSWORD}`).toString('base64')
	const isKnown = head.toLowerCase().includes(`proxy-authorization: basic ${basic.toLowerCase()}`)
	if (!host || !isKnown || !proxy.works)
		return client.end(`HTTP/1.1 ${isKnown ? 503 : 407} Refused\r\n\r\n`)
	const target = open(host, Number(port))
	target.once('connect', () => {
		client.write('HTTP/1.1 200 Connected\r\n\r\n')
		client.pipe(target).pipe(client)
	})
}

async function serveSocks(client: Socket, proxy: TestProxy, open: Open) {
	const [, methods] = await read(client, 2)
	await read(client, methods!)
	client.write(Buffer.of(5, 2))
	const user = await counted(client, 1)
	const password = await counted(client, 0)
	const isKnown = user === USER && password === PASSWORD
	client.write(Buffer.of(1, isKnown ? 0 : 1))
	if (!isKnown) return client.end()
	const [, , , kind] = await read(client, 4)
	const host = kind === 1 ? [...(await read(client, 4))].join('.') : await counted(client, 0)
	const port = (await read(client, 2)).readUInt16BE()
	const answer = (reply: number) => client.write(Buffer.of(5, reply, 0, 1, 0, 0, 0, 0, 0, 0))
	if (!proxy.works) return void answer(2)
	const target = open(host, port)
	target.once('connect', () => {
		answer(0)
		client.pipe(target).pipe(client)
	})
}

/** A text with its length before it, after so many other bytes. */
async function counted(client: Socket, skipped: number): Promise<string> {
	await read(client, skipped)
	const [length] = await read(client, 1)
	return (await read(client, length!)).toString()
}

async function read(socket: Socket, length: number): Promise<Buffer> {
	if (length === 0) return Buffer.alloc(0)
	for (;;) {
		const bytes = socket.read(length) as Buffer | null
		if (bytes) return bytes
		if (socket.destroyed || socket.readableEnded) throw new Error('closed')
		await new Promise<void>((resolve) => {
			socket.once('readable', resolve)
			socket.once('close', () => resolve())
		})
	}
}
