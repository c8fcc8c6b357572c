import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect, isIP, type Socket } from 'node:net'
import { failureReason } from './failure-reason.ts'
import { ProxyError } from './proxy-error.ts'
import { credentialsOf, isSocks, placeOf } from './proxy-url.ts'
import { connectBySocks } from './socks5.ts'

/** A proxy that has not connected after so long has failed. */
const CONNECT_MS = 15_000

export type NetworkPlace = { host: string; port: number }

/** Connects to a place. @throws ProxyError */
export type Tunnel = (to: NetworkPlace) => Promise<Socket>

/** What connects through a proxy. @param proxy its URL: http, https or socks5, with user name and password if it wants them */
export function tunnelThrough(proxy: string): Tunnel {
	const url = new URL(proxy)
	const open = isSocks(url) ? throughSocks : throughHttp
	return async (to) => {
		const timeout = AbortSignal.timeout(CONNECT_MS)
		try {
			return await open(url, to, timeout)
		} catch (error) {
			if (error instanceof ProxyError) throw error
			if (timeout.aborted) throw new ProxyError('did not connect in time')
			throw new ProxyError(failureReason(error) ?? 'cannot be used', { cause: error })
		}
	}
}

async function throughSocks(proxy: URL, to: NetworkPlace, signal: AbortSignal): Promise<Socket> {
	const socket = connect({ ...placeOf(proxy), signal, noDelay: true })
	try {
		await new Promise<void>((resolve, reject) => {
			socket.once('connect', resolve).on('error', reject)
		})
		await connectBySocks(socket, credentialsOf(proxy), to)
		return socket
	} catch (error) {
		socket.destroy()
		throw error
	} finally {
		socket.setTimeout(0)
	}
}

function throughHttp(
	proxy: URL,
	{ host, port }: NetworkPlace,
	signal: AbortSignal,
): Promise<Socket> {
	const { username, password } = credentialsOf(proxy)
	const basic = Buffer.from(`${username}:${password}`).toString('base64')
	const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`
	const request = proxy.protocol === 'https:' ? httpsRequest : httpRequest
	const place = placeOf(proxy)
	return new Promise((resolve, reject) => {
		request({
			...place,
			// Node would take the name in `host`, and want the certificate of WhatsApp from the proxy.
			servername: isIP(place.host) ? '' : place.host,
			method: 'CONNECT',
			path: target,
			headers: { host: target, ...(username && { 'proxy-authorization': `Basic ${basic}` }) },
			signal,
			agent: false,
		})
			.once('connect', ({ statusCode }, socket: Socket, head: Buffer) => {
				if (statusCode !== 200) {
					socket.destroy()
					return reject(new ProxyError(refusalOf(statusCode)))
				}
				if (head.length) socket.unshift(head)
				resolve(socket)
			})
			.once('response', (response) => {
				response.destroy()
				reject(new ProxyError(refusalOf(response.statusCode)))
			})
			.on('error', reject)
			.end()
	})
}

const refusalOf = (status: number | undefined) =>
	status === 407 ? 'does not accept the user name and password' : `answers ${status}`
