import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What a URL points at: the host without brackets, and the port it means. */
export type AllowedAddress = { host: string; port: string }

/** Reads the target of a URL. `URL` has brought decimal, octal and hex spellings of an address into one form. */
export function allowedAddressOf({ protocol, hostname, port }: URL): AllowedAddress {
	return {
		host: hostname.replace(/^\[|\]$/g, ''),
		port: port || (protocol === 'https:' ? '443' : '80'),
	}
}

/** Why no URL like this is ever called, or undefined. */
export function wrongWith({ protocol, username, password }: URL): string | undefined {
	if (!/^https?:$/.test(protocol)) return 'must start with http:// or https://'
	if (username || password) return 'must not hold a user name or password'
	return undefined
}

// All that is given out of IPv6. ipaddr.js calls the rest `unicast`, ::7f00:1 (127.0.0.1) for one.
const publicV6 = ipaddr.parseCIDR('2000::/3')

/** Which kind of network an address is in; `unicast` is the public internet. */
export function rangeOf(address: string): string {
	const parsed = ipaddr.process(address)
	const range = parsed.range()
	const isUnused = parsed.kind() === 'ipv6' && range === 'unicast' && !parsed.match(publicV6)
	return isUnused ? 'reserved' : range
}

/** True if one of the entries (hosts, host:port or CIDRs) names the target or its address. */
export function isListed(entries: string[], address: string, target: AllowedAddress): boolean {
	return entries.some((entry) => covers(entry, address, target))
}

function covers(entry: string, address: string, { host, port }: AllowedAddress): boolean {
	if (ipaddr.isValidCIDR(entry)) return inNetwork(address, entry)
	const names = [host.toLowerCase(), address]
	return names.some((name) => {
		const bracketed = isIP(name) === 6 ? `[${name}]` : name
		return [name, bracketed, `${bracketed}:${port}`].includes(entry.toLowerCase())
	})
}

function inNetwork(address: string, cidr: string): boolean {
	const parsed = ipaddr.process(address)
	const [network, bits] = ipaddr.parseCIDR(cidr)
	return parsed.kind() === network.kind() && parsed.match(network, bits)
}
