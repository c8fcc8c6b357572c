import type { Log } from '../log.ts'
import type { SessionView } from '../session/session-record.ts'
import type { Membership } from '../storage/membership.ts'
import { createClaims } from './claims.ts'
import { createSessionDirectory, type Directory } from './directory.ts'
import { giveAllAway } from './give-all-away.ts'
import { createHand } from './hand.ts'
import type { SessionHost } from './host.ts'
import { createRebalancing } from './rebalance.ts'
import { createTakeBack } from './take-back.ts'

export type ClusterOptions = {
	membership: Membership
	host: SessionHost
	/** The public part of all sessions, as their records have it. */
	records: Directory['views']
	/** The public part of a session that is here. */
	live(id: string): SessionView | undefined
	log: Log
	/** This process cannot be a node any more. */
	failed(error: Error): void
}

/** Several gateways over one database: each session is at one of them. */
export type Cluster = ReturnType<typeof createCluster>

/**
 * Puts the parts together:
 * 1. the driver (`storage/postgres/membership.ts`) keeps the lease of this node, and who has which session;
 * 2. `claims.ts` takes sessions that nobody has; `hand.ts` opens and closes them; `rebalance.ts` gives some away;
 * 3. `directory.ts` tells where a session is.
 * A node that loses its lease closes all sessions, and begins anew with another name and none.
 */
export function createCluster({ membership, host, log, failed, ...options }: ClusterOptions) {
	let isStopping = false
	const views = async () => (await options.records()).map((view) => options.live(view.id) ?? view)
	const isServing = () => !isStopping && membership.holds()
	const hand = createHand({
		...{ membership, host, log },
		changed: (session) => changed(session),
		hasRoom: () => claims.hasRoom(),
	})
	const { directory, changed, wanted } = createSessionDirectory({
		...{ membership, hand, views, isServing },
	})
	const claims = createClaims({ membership, hand, log, wanted })
	const rebalancing = createRebalancing({ membership, hand, host, log })
	let anew: Promise<void> = Promise.resolve()

	async function beginAnew() {
		log.error('lease lost: all sessions are closed here, and other nodes take them over')
		await Promise.all([claims.stop(), ...hand.all().map(hand.drop)])
		if (isStopping) return
		await membership.rejoin()
		log.warn({ node: membership.node() }, 'this node has a lease again')
		if (!isStopping) claims.start()
	}

	membership.onLost(() => {
		anew = beginAnew().catch(failed)
	})

	return {
		directory,
		/** How the sessions of the cluster are spread, as the database has it. */
		spread: membership.spread,
		/** For who makes and deletes sessions. */
		ownership: {
			/** Makes a session known as one of this node. @returns false if there is one of that id */
			create: membership.create,
			made: hand.made,
			removed: hand.removed,
			views,
			/** Whether frames of a session may leave at this moment. */
			mayLeave: (id: string) => membership.holds() && membership.epochOf(id) !== undefined,
			takeBack: createTakeBack(membership),
		},
		start() {
			claims.start()
			rebalancing.start()
		},
		/** Gives every session to other nodes. Resolves when all are closed here. */
		async handOver(): Promise<void> {
			isStopping = true
			rebalancing.stop()
			await membership
				.drain()
				.catch((err) => log.warn({ err }, 'the other nodes do not know that this one stops'))
			await claims.stop()
			await anew
			await giveAllAway({ membership, hand, log })
		},
	}
}
