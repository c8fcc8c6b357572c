import dns, { type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent } from 'undici'
import { GatewayError } from '../errors.ts'

/** Which addresses webhooks may reach. */
export type Targets = {
	/**
	 * Refuses an address that may not be called. A name that does not resolve yet passes: it is judged again
	 * at every connection.
	 * @param trusted an admin named it: private networks are allowed
	 * @throws GatewayError webhook_target_refused
	 */
	check(url: string, trusted: boolean): Promise<void>
	/** Connects only to addresses that pass, and to the very ones that were judged. */
	agentFor(url: string, trusted: boolean): Agent
	close(): Promise<void>
}

type Verdict = { host: string; port: string; trusted: boolean }

// Metadata service of AWS over IPv6: within a private range, and never a webhook.
const neverEvenTrusted = ['fd00:ec2::254']

/** @param allow hosts, host:port or CIDRs that may be called whatever they are */
export function createTargets(allow: string[]): Targets {
	const agents = new Map<string, Agent>()
	const judge = (address: string, verdict: Verdict) => {
		if (!isAllowed(address, verdict, allow)) throw refused(verdict)
	}
	return {
		async check(url, trusted) {
			const verdict = { ...targetOf(url), trusted }
			for (const address of await addressesOf(verdict.host)) judge(address, verdict)
		},
		agentFor(url, trusted) {
			const verdict = { ...targetOf(url), trusted }
			// A literal address is never looked up, so it has to be judged here.
			if (isIP(verdict.host)) judge(verdict.host, verdict)
			const key = JSON.stringify(verdict)
			const agent = agents.get(key) ?? guardedAgent((address) => judge(address, verdict))
			agents.set(key, agent)
			return agent
		},
		async close() {
			await Promise.all([...agents.values()].map((agent) => agent.destroy()))
		},
	}
}

function guardedAgent(judge: (address: string) => void) {
	return new Agent({
		connect: {
			lookup(host, options, done) {
				dns.lookup(host, { ...options, all: true }, (error, addresses) => {
					if (error) return done(error, [])
					try {
						addresses.forEach(({ address }) => judge(address))
					} catch (refusal) {
						return done(refusal as Error, [])
					}
					answer(addresses, options, done)
				})
			},
		},
	})
}

type LookupDone = (error: Error | null, found: string | LookupAddress[], family?: number) => void

function answer(addresses: LookupAddress[], { all }: LookupOptions, done: LookupDone) {
	const [first] = addresses
	if (all || !first) return done(null, addresses)
	done(null, first.address, first.family)
}

function targetOf(url: string) {
	// URL has brought decimal, octal and hex spellings of an address into one form.
	const { protocol, hostname, port, username } = new URL(url)
	if (!/^https?:$/.test(protocol)) throw wrongUrl('must start with http:// or https://')
	if (username) throw wrongUrl('must not hold a user name or password')
	return {
		host: hostname.replace(/^\[|\]$/g, ''),
		port: port || (protocol === 'https:' ? '443' : '80'),
	}
}

async function addressesOf(host: string): Promise<string[]> {
	if (isIP(host)) return [host]
	const found = await dns.promises.lookup(host, { all: true }).catch(() => [])
	return found.map(({ address }) => address)
}

function isAllowed(address: string, { host, port, trusted }: Verdict, allow: string[]): boolean {
	if (allow.some((entry) => covers(entry, address, host, port))) return true
	const range = ipaddr.process(address).range()
	if (range === 'unicast') return true
	const isPrivate = range === 'private' || range === 'uniqueLocal'
	return trusted && isPrivate && !neverEvenTrusted.includes(address)
}

function covers(entry: string, address: string, host: string, port: string): boolean {
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

function refused({ host, port }: Verdict) {
	return new GatewayError(
		'webhook_target_refused',
		`${host} is not a public address. If the gateway shall call it, start it with WEBHOOK_ALLOW=${host}:${port} ` +
			'(an admin key may also name private networks, but not this machine).',
		{ field: 'url' },
	)
}

function wrongUrl(why: string) {
	return new GatewayError('webhook_target_refused', `The URL of a webhook ${why}.`, {
		field: 'url',
	})
}
