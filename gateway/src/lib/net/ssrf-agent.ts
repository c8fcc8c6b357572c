import dns, { type LookupAddress, type LookupOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent } from 'undici'

/** Finds every address of a name. */
export type Resolve = (
	host: string,
	options: LookupOptions & { all: true },
	done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/**
 * An agent that connects only to addresses that pass, and to the very ones that were judged: a name cannot
 * change its mind in between. Addresses in the URL itself are not looked up; judge those before.
 * @param judge throws what the request shall fail with
 */
export function ssrfAgent(
	judge: (address: string) => void,
	{ resolve, ...options }: Agent.Options & { resolve?: Resolve } = {},
): Agent {
	return new Agent({
		...options,
		connect: { ...options.connect, lookup: judgedLookup(judge, resolve) },
	})
}

/** Finds the addresses of a name for a connection, and fails with what `judge` throws. */
export function judgedLookup(
	judge: (address: string) => void,
	resolve: Resolve = dns.lookup,
): LookupFunction {
	return (host, how, done) => {
		resolve(host, { ...how, all: true }, (error, addresses) => {
			if (error) return done(error, [])
			try {
				addresses.forEach(({ address }) => judge(address))
			} catch (refusal) {
				return done(refusal as Error, [])
			}
			answer(addresses, how, done)
		})
	}
}

type LookupDone = (error: Error | null, found: string | LookupAddress[], family?: number) => void

function answer(addresses: LookupAddress[], { all }: LookupOptions, done: LookupDone) {
	const [first] = addresses
	if (all || !first) return done(null, addresses)
	done(null, first.address, first.family)
}
