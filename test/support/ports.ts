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

/** Refuses a busy port in one line that says how to choose another. */
export async function mustBeFree(port: number, setting: string): Promise<number> {
	return listenOn(port).catch((cause: Error) => {
		throw new Error(`Port ${port} is busy. Choose another one: ${setting}=<port>`, { cause })
	})
}
