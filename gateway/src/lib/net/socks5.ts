import { isIP, type Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { ProxyError } from './proxy-error.ts'

const VERSION = 5
const NO_CREDENTIALS = 0
const PASSWORD = 2
const CONNECT = 1
const [IPV4, NAME, IPV6] = [1, 3, 4]

/** What a proxy answers to CONNECT, as the end of a sentence (RFC 1928, 6). */
const refusals = [
	'',
	'has failed',
	'does not allow the connection',
	'finds the network unreachable',
	'finds WhatsApp unreachable',
	'was refused by WhatsApp',
	'could not connect in time',
	'does not know the command',
	'does not know the kind of address',
]

/**
 * Asks a SOCKS5 proxy (RFC 1928, RFC 1929) to connect; it resolves names itself.
 * @param socket a new connection to the proxy
 * @throws ProxyError
 */
export async function connectBySocks(
	socket: Socket,
	{ username, password }: { username: string; password: string },
	{ host, port }: { host: string; port: number },
): Promise<void> {
	const methods = username ? [NO_CREDENTIALS, PASSWORD] : [NO_CREDENTIALS]
	socket.write(Buffer.of(VERSION, methods.length, ...methods))
	const [version, method] = await bytes(socket, 2)
	if (version !== VERSION) throw new ProxyError('does not speak SOCKS5')
	if (method === PASSWORD) {
		socket.write(Buffer.concat([Buffer.of(1), counted(username), counted(password)]))
		const [, status] = await bytes(socket, 2)
		if (status !== 0) throw new ProxyError('does not accept the user name and password')
	} else if (method !== NO_CREDENTIALS) throw new ProxyError('wants a user name and password')
	const target = Buffer.alloc(2)
	target.writeUInt16BE(port)
	socket.write(Buffer.concat([Buffer.of(VERSION, CONNECT, 0), addressOf(host), target]))
	const [, reply, , kind] = await bytes(socket, 4)
	if (reply !== 0) throw new ProxyError(refusals[reply!] ?? `answers ${reply}`)
	const length = kind === IPV4 ? 4 : kind === IPV6 ? 16 : (await bytes(socket, 1))[0]!
	await bytes(socket, length + 2)
}

function addressOf(host: string): Buffer {
	if (!isIP(host)) return Buffer.concat([Buffer.of(NAME), counted(host)])
	const parsed = ipaddr.parse(host).toByteArray()
	return Buffer.of(parsed.length === 4 ? IPV4 : IPV6, ...parsed)
}

function counted(text: string): Buffer {
	const encoded = Buffer.from(text)
	if (encoded.length > 255) throw new ProxyError('cannot take a name or password of over 255 bytes')
	return Buffer.concat([Buffer.of(encoded.length), encoded])
}

/** Waits for so many bytes. @throws ProxyError when the connection ends before */
async function bytes(socket: Socket, length: number): Promise<Buffer> {
	for (;;) {
		const read = socket.read(length) as Buffer | null
		if (read?.length === length) return read
		if (socket.readableEnded || socket.destroyed) throw new ProxyError('closed the connection')
		await new Promise<void>((resolve) => {
			const events = ['readable', 'end', 'close', 'error'] as const
			const done = () => {
				for (const name of events) socket.off(name, done)
				resolve()
			}
			for (const name of events) socket.on(name, done)
		})
	}
}
