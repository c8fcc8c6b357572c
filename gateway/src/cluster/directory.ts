import { setTimeout as pause } from 'node:timers/promises'
import type { SessionView } from '../session/session-record.ts'
import type { Membership } from '../storage/membership.ts'
import type { Hand } from './hand.ts'

/** Where a session is. */
export type Whereabouts =
	/** At this node, and it takes requests. */
	| { is: 'here'; epoch: number }
	/** At another node; `address` is that of its internal port. */
	| { is: 'elsewhere'; node: string; address: string; epoch: number }
	/** At none, for this moment: it changes hands, or is just being opened here. */
	| { is: 'nowhere' }
	/** There is no such session. */
	| { is: 'unknown' }

export type WaitOptions = {
	/** How long at the most, in milliseconds. */
	ms: number
	/** An epoch whose owner was of no use: another one is waited for. */
	not?: number | undefined
	signal?: AbortSignal | undefined
}

/** Tells which node has a session. */
export type Directory = {
	/** The name of this node now: another one after a lost lease. */
	node(): string
	/** Whether a session is here and takes requests. Asks nobody; false as soon as the session is being given away. */
	isHere(session: string): boolean
	/** @throws GatewayError storage_failed if the database does not answer */
	find(session: string): Promise<Whereabouts>
	/**
	 * Waits until a node has a session.
	 * @returns where it is then, or after that time
	 * @throws GatewayError storage_failed if the database does not answer
	 * @example
	 * const place = await directory.waitForOwner('main', { ms: 25_000, not: failed.epoch })
	 */
	waitForOwner(session: string, options: WaitOptions): Promise<Whereabouts>
	/** The public part of all sessions of the cluster, as their records have it. */
	views(): Promise<SessionView[]>
	/** Whether this node takes sessions: it holds its lease and does not stop. */
	isServing(): boolean
}

/** A notice may be lost with its connection. */
const POLL_MS = 500

export type DirectoryOptions = Pick<Directory, 'views' | 'isServing'> & {
	membership: Membership
	hand: Hand
}

export function createSessionDirectory({ membership, hand, ...options }: DirectoryOptions) {
	const waiting = new Map<string, Set<() => void>>()

	function wake(session: string) {
		for (const resolve of waiting.get(session) ?? []) resolve()
	}

	/** @param session undefined if it can be any */
	function changed(session: string | undefined) {
		if (session !== undefined) return wake(session)
		for (const known of waiting.keys()) wake(known)
	}

	/** Resolves at the next change, or after that time. */
	async function nextChange(session: string, ms: number, signal: AbortSignal | undefined) {
		const { promise, resolve } = Promise.withResolvers<void>()
		const others = waiting.get(session) ?? new Set()
		waiting.set(session, others.add(resolve))
		const over = new AbortController()
		const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal
		await Promise.race([promise, pause(ms, undefined, { signal: either }).catch(() => {})])
		over.abort()
		others.delete(resolve)
		if (others.size === 0) waiting.delete(session)
	}

	async function find(session: string): Promise<Whereabouts> {
		const epoch = membership.epochOf(session)
		if (epoch !== undefined) return hand.isHere(session) ? { is: 'here', epoch } : { is: 'nowhere' }
		const owner = await membership.ownerOf(session)
		if (owner === undefined) return { is: 'unknown' }
		if (owner === null || owner.node === membership.node()) return { is: 'nowhere' }
		return { is: 'elsewhere', node: owner.node, address: owner.address, epoch: owner.epoch }
	}

	async function waitForOwner(session: string, { ms, not, signal }: WaitOptions) {
		const end = performance.now() + ms
		for (;;) {
			const found = await find(session)
			const left = end - performance.now()
			if (isUseful(found, not) || left <= 0 || signal?.aborted) return found
			await nextChange(session, Math.min(left, POLL_MS), signal)
		}
	}

	membership.onChange(changed)
	const directory: Directory = {
		...options,
		node: membership.node,
		isHere: hand.isHere,
		find,
		waitForOwner,
	}
	return { directory, changed, wanted: () => [...waiting.keys()] }
}

function isUseful(found: Whereabouts, not: number | undefined): boolean {
	if (found.is === 'nowhere') return false
	return found.is === 'unknown' || found.epoch !== not
}
