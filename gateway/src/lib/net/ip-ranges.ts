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

/** What is wrong with an entry of a list of hosts, host:port and CIDRs; undefined if it is one of them. */
export function wrongWithEntry(entry: string): string | undefined {
	if (URL.canParse(entry) && entry.includes('://'))
		return `must name no URL: write ${new URL(entry).host} in place of ${entry}`
	const isOne = entry.includes('/') ? ipaddr.isValidCIDR(entry) : isIP(entry) || isPlace(entry)
	return isOne ? undefined : `has ${entry}, which is no host, host:port or network like 10.0.0.0/8`
}

/** True for a host name or an address in brackets, and for both with a port. */
function isPlace(text: string): boolean {
	const [, address, port] = /^(?:\[(.*)\]|[^\s:[\]]+)(?::(\d{1,5}))?$/.exec(text) ?? [undefined, '']
	return address === undefined ? isPort(port) : isIP(address) === 6 && isPort(port)
}

const isPort = (port: string | undefined) => port === undefined || Number(port) <= 65_535

function covers(entry: string, address: string, { host, port }: AllowedAddress): boolean {
	if (ipaddr.isValidCIDR(entry)) return inNetwork(address, entry)
	const names = [host.toLowerCase(), address]
	return names.some((name) => {
		const bracketed = isIP(name) === 6 ? `[${name}]` : name
		return [name, bracketed, `${bracketed}:${port}`].includes(entry.toLowerCase())
	})
}

/** True for an IP address or a CIDR, written in full. */
export function isNetwork(text: string): boolean {
	const [address = '', bits] = text.split('/')
	return isIP(address) !== 0 && (bits === undefined || ipaddr.isValidCIDR(text))
}

/**
 * True if an address is in a network. An IPv4 address and its form in IPv6 are the same.
 * @param network an address or a CIDR
 * @example
 * inNetwork('::ffff:10.1.2.3', '10.0.0.0/8') // true
 */
export function inNetwork(address: string, network: string): boolean {
	const parsed = ipaddr.process(address)
	const [base, bits] = parseNetwork(network)
	return parsed.kind() === base.kind() && parsed.match(base, bits)
}

function parseNetwork(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
	if (!text.includes('/')) {
		const address = ipaddr.process(text)
		return [address, address.kind() === 'ipv4' ? 32 : 128]
	}
	const [base, bits] = ipaddr.parseCIDR(text)
	const isMapped = base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress() && bits >= 96
	return isMapped ? [base.toIPv4Address(), bits - 96] : [base, bits]
}

/** The addresses that one client may choose from: an IPv4 address, or a network of 64 bits in IPv6. */
export function clientNetwork(address: string): string {
	const parsed = ipaddr.process(address)
	if (parsed.kind() === 'ipv4') return parsed.toString()
	return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/64`)}/64`
}
