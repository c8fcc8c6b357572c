import dns from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { Agent } from 'undici'
import { GatewayError } from '../../errors.ts'
import {
	isListed,
	rangeOf,
	allowedAddressOf,
	wrongWith,
	type AllowedAddress,
} from '../../lib/net/ip-ranges.ts'
import { judgedLookup, ssrfAgent } from '../../lib/net/ssrf-agent.ts'

/** Which addresses webhooks may reach. */
export type AllowedTargets = {
	/**
	 * Refuses an address that may not be called. A name that does not resolve yet passes: it is checked again
	 * at every connection.
	 * @param trusted an admin named it: private networks are allowed
	 * @throws GatewayError webhook_target_refused
	 */
	check(url: string, trusted: boolean): Promise<void>
	/** Connects only to the addresses that were checked. */
	agentFor(url: string, trusted: boolean): Agent
	/**
	 * What finds the addresses of a target for a connection of another kind, with the same verdicts.
	 * @throws GatewayError webhook_target_refused for an address in the URL itself; a name fails with it when it is looked up
	 */
	lookupFor(url: string, trusted: boolean): LookupFunction
	close(): Promise<void>
}

type Verdict = AllowedAddress & { trusted: boolean }

// Metadata service of AWS over IPv6: within a private range, and never a webhook.
const neverEvenTrusted = ['fd00:ec2::254']

/** Of so many URLs it is remembered which agent is theirs: what is allowed stays the same. */
const CHOICES = 1_000

/** @param allow hosts, host:port or CIDRs that may be called whatever they are */
export function createAllowedTargets(allow: string[]): AllowedTargets {
	const agents = new Map<string, Agent>()
	const chosen = new Map<string, Agent>()
	const checkAddress = (address: string, verdict: Verdict) => {
		if (!isAllowed(address, verdict, allow)) throw targetRefused(verdict)
	}

	function judgeOf(url: string, trusted: boolean) {
		const verdict = { ...checked(url), trusted }
		const judge = (address: string) => checkAddress(address, verdict)
		// A literal address is never looked up, so it is checked here.
		if (isIP(verdict.host)) judge(verdict.host)
		return { verdict, judge }
	}

	return {
		async check(url, trusted) {
			const verdict = { ...checked(url), trusted }
			for (const address of await addressesOf(verdict.host)) checkAddress(address, verdict)
		},
		agentFor(url, trusted) {
			const asked = `${trusted} ${url}`
			const known = chosen.get(asked)
			if (known) return known
			const { verdict, judge } = judgeOf(url, trusted)
			const key = JSON.stringify(verdict)
			const agent = agents.get(key) ?? ssrfAgent(judge)
			agents.set(key, agent)
			if (chosen.size >= CHOICES) chosen.clear()
			chosen.set(asked, agent)
			return agent
		},
		lookupFor: (url, trusted) => judgedLookup(judgeOf(url, trusted).judge),
		async close() {
			await Promise.all([...agents.values()].map((agent) => agent.destroy()))
		},
	}
}

function checked(url: string): AllowedAddress {
	const parsed = new URL(url)
	const wrong = wrongWith(parsed)
	if (wrong) throw wrongUrl(wrong)
	return allowedAddressOf(parsed)
}

async function addressesOf(host: string): Promise<string[]> {
	if (isIP(host)) return [host]
	const found = await dns.promises.lookup(host, { all: true }).catch(() => [])
	return found.map(({ address }) => address)
}

function isAllowed(address: string, verdict: Verdict, allow: string[]): boolean {
	if (isListed(allow, address, verdict)) return true
	const range = rangeOf(address)
	if (range === 'unicast') return true
	const isPrivate = range === 'private' || range === 'uniqueLocal'
	return verdict.trusted && isPrivate && !neverEvenTrusted.includes(address)
}

function targetRefused({ host, port, trusted }: Verdict) {
	const advice = `${host} is not a public address. To allow it, start the gateway with WEBHOOK_ALLOW=${host}:${port}`
	// An admin has the key already: what is refused nevertheless needs the setting.
	const otherwise = ' (an admin key may also name private networks, but not this machine)'
	return new GatewayError('webhook_target_refused', `${advice}${trusted ? '' : otherwise}.`, {
		field: 'url',
	})
}

function wrongUrl(why: string) {
	return new GatewayError('webhook_target_refused', `The URL of a webhook ${why}.`, {
		field: 'url',
	})
}
