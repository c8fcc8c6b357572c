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

export const freePort = (): Promise<number> => listenOn(0)

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
