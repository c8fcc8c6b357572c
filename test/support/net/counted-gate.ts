import { globalAgent } from 'node:https'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import type { Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { atEnd } from '../directories.ts'

/** The address of the simulated phones: they fetch and upload files as well, and have no proxy. */
const PHONES = '127.0.0.2'

export type CountedGate = {
	/** What a gateway must know, to reach the simulated WhatsApp through the gate. */
	whatsapp: Pick<Sandbox, 'wsUrl' | 'noiseRoot' | 'mediaCa'>
	/** `host:port`. */
	place: string
	/** The ports from which others than the phones have connected to it, in order. */
	ports: number[]
}

/**
 * The only way to a simulated WhatsApp, its files included: it notes from which port each connection comes, so that a
 * test can tell those of a proxy from others.
 */
export async function openGate(t: TestContext, sandbox: Sandbox): Promise<CountedGate> {
	const url = new URL(sandbox.wsUrl)
	const behind = Number(url.port)
	const sockets = new Set<Socket>()
	const follow = (socket: Socket) => {
		sockets.add(socket)
		return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
	}
	const ports: number[] = []
	const server = createServer((client) => {
		if (client.remoteAddress !== PHONES) ports.push(client.remotePort!)
		const target = follow(connect(behind, url.hostname))
		follow(client).pipe(target).pipe(client)
		target.on('close', () => client.destroy())
		client.on('close', () => target.destroy())
	})
	// The gateway has agents of its own: it must trust the authority of the simulated WhatsApp.
	globalAgent.options.localAddress = PHONES
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	atEnd(t, async () => {
		delete globalAgent.options.localAddress
		const closed = new Promise((resolve) => server.close(resolve))
		for (const socket of sockets) socket.destroy()
		await closed
	})
	url.port = String((server.address() as AddressInfo).port)
	sandbox.whatsapp.media.hostname = url.host
	const { noiseRoot, mediaCa } = sandbox
	return { whatsapp: { wsUrl: url.href, noiseRoot, mediaCa }, place: url.host, ports }
}
