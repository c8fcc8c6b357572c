import { createServer as createHttpServer } from 'node:http'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import type { Sandbox } from '../../../../gateway/src/sandbox/sandbox.ts'
import { atEnd } from '../../../support/directories.ts'

/**
 * The address of a simulated WhatsApp through which a gateway's frames can be counted. The gateway is not told when
 * WhatsApp has closed a connection: what it sends all the same is counted too.
 */
export async function watchedSandbox(t: TestContext, { wsUrl, noiseRoot, mediaCa }: Sandbox) {
	const target = new URL(wsUrl)
	const sockets: { gateway: Socket; bytes: number }[] = []
	const proxy = createServer({ allowHalfOpen: true }, (gateway) => {
		const whatsapp = connect(Number(target.port), target.hostname)
		const counted = { gateway, bytes: 0 }
		sockets.push(counted)
		for (const socket of [gateway, whatsapp]) socket.on('error', () => {})
		gateway.on('data', (data) => {
			counted.bytes += data.length
			if (whatsapp.writable) whatsapp.write(data)
		})
		gateway.on('end', () => whatsapp.end())
		whatsapp.on('data', (data) => gateway.writable && gateway.write(data))
	}).listen(0, '127.0.0.1')
	await once(proxy, 'listening')
	const wsPort = (proxy.address() as AddressInfo).port
	const facts = JSON.stringify({
		ws_url: `ws://127.0.0.1:${wsPort}${target.pathname}`,
		noise_root: noiseRoot,
		media_ca: mediaCa,
	})
	const control = createHttpServer((_, response) => {
		response.setHeader('content-type', 'application/json')
		response.end(facts)
	}).listen(0, '127.0.0.1')
	await once(control, 'listening')
	atEnd(t, () => {
		for (const { gateway } of sockets) gateway.destroy()
		proxy.close()
		control.close()
	})
	return {
		url: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
		/** @returns how many bytes have been sent since on the connections that are there now */
		count() {
			const before = sockets.map((socket) => ({ socket, bytes: socket.bytes }))
			return () => before.reduce((sum, { socket, bytes }) => sum + socket.bytes - bytes, 0)
		},
	}
}
