import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

async function listenOn(port: number): Promise<number> {
	const server = createServer().listen(port, '127.0.0.1')
	await once(server, 'listening')
	const { port: taken } = server.address() as AddressInfo
	server.close()
	await once(server, 'close')
	return taken
}

/**
 * Below those that Linux gives to connections (32768 on), and above what browsers refuse (10080): nothing takes one by
 * chance before it is used, or while a gateway is started anew. Each process has a block of its own.
 */
const FIRST = 11_000
const BLOCKS = 217
const IN_BLOCK = 100
let given = 0

/** A port at which a process can be started. */
export async function freePort(): Promise<number> {
	const first = FIRST + (process.pid % BLOCKS) * IN_BLOCK
	for (let tries = 0; tries < IN_BLOCK; tries++) {
		const port = first + (given++ % IN_BLOCK)
		if (await isFree(port)) return port
	}
	throw new Error(`All ports from ${first} to ${first + IN_BLOCK - 1} are busy`)
}

const isFree = (port: number) =>
	listenOn(port).then(
		() => true,
		() => false,
	)

/** The port of a setting. What is none, or is busy, is refused in one line that says what to do. */
export async function mustBeFree(setting: string, standard: number): Promise<number> {
	const given = process.env[setting] || standard
	const port = Number(given)
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new Error(`${setting}=${given} is not a port: give a number up to 65535`)
	return listenOn(port).catch((cause: Error) => {
		throw new Error(`Port ${port} is busy. Choose another one: ${setting}=<port>`, { cause })
	})
}
