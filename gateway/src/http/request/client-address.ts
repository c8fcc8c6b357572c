import type { Context } from 'hono'
import { isIP } from 'node:net'
import { inNetwork } from '../../lib/net/ip-ranges.ts'
import { peerOf } from '../../lib/net/peer.ts'
import { currentRequest } from '../forward/request-scope.ts'

/** The IP address that a request comes from; undefined for one without a socket. */
export type ClientAddress = (c: Context) => string | undefined

/**
 * Finds where requests come from: the peer of the connection, or what trusted proxies say about it.
 * @param trusted addresses and CIDRs of the proxies whose `X-Forwarded-For` is believed
 */
export function createClientAddress(trusted: string[]): ClientAddress {
	const isTrusted = (address: string) => trusted.some((network) => inNetwork(address, network))

	return function clientAddress(c) {
		const peer = currentRequest()?.vouched?.peer ?? peerOf(c.env)
		return peer && firstUntrusted([...forwardedFor(c), peer], isTrusted)
	}
}

/**
 * The address nearest to us that is no trusted proxy. Each proxy appends the address it was called from, so that all
 * to the left of it is only what the client claims.
 * @param path addresses, the nearest last
 */
function firstUntrusted(path: string[], isTrusted: (address: string) => boolean): string {
	let nearest = path.at(-1)!
	for (const address of path.reverse()) {
		// A proxy writes addresses only: the entry before is the last one that is known.
		if (isIP(address) === 0) break
		nearest = address
		if (!isTrusted(address)) break
	}
	return nearest
}

function forwardedFor(c: Context): string[] {
	const header = c.req.header('x-forwarded-for')
	return header === undefined ? [] : header.split(',').map(withoutPort)
}

// Some proxies append the port as well: 192.0.2.1:443, [2001:db8::1]:443.
function withoutPort(entry: string): string {
	const text = entry.trim()
	return /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(text)?.slice(1).find(Boolean) ?? text
}
