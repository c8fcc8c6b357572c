import { connect, isIP, type LookupFunction } from 'node:net'
import { connect as connectTls } from 'node:tls'

export type KnockOptions = {
	host: string
	port: number
	/** Whether the other side speaks TLS: then its certificate must be trusted. */
	tls: boolean
	lookup?: LookupFunction | undefined
	/** In milliseconds. */
	timeoutMs: number
}

/**
 * Connects, with the handshake of TLS, and hangs up: nothing is sent that a program on the other side would act upon.
 * @throws what the connection fails with; its code is ETIMEDOUT when the time is up
 */
export function knock({ host, port, tls, lookup, timeoutMs }: KnockOptions): Promise<void> {
	const to = { host, port, ...(lookup && { lookup }) }
	const socket = tls
		? connectTls({ ...to, ...(isIP(host) ? {} : { servername: host }) })
		: connect(to)
	let timer: NodeJS.Timeout | undefined
	return new Promise<void>((resolve, reject) => {
		timer = setTimeout(() => reject(timedOut(host)), timeoutMs)
		socket.once(tls ? 'secureConnect' : 'connect', resolve).on('error', reject)
	}).finally(() => {
		clearTimeout(timer)
		socket.destroy()
	})
}

const timedOut = (host: string) =>
	Object.assign(new Error(`${host} did not answer in time`), { code: 'ETIMEDOUT' })
