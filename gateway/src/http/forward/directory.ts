import type { SessionView } from '../../session/session-record.ts'

/** Where a session is. */
export type Whereabouts =
	| { is: 'here'; epoch: number }
	/** `address`: where that gateway takes requests of others, `http://host:port`. */
	| { is: 'elsewhere'; node: string; address: string; epoch: number }
	/** Nobody has it at the moment: it is being taken over, or opened. */
	| { is: 'nowhere' }
	/** There is no such session. */
	| { is: 'unknown' }

/** Which gateway of a cluster has which session. */
export type OwnerDirectory = {
	/** The name of this gateway. */
	node(): string
	/** Whether a session is here and takes requests. Asks nobody. */
	isHere(session: string): boolean
	/** @throws GatewayError storage_failed */
	find(session: string): Promise<Whereabouts>
	/**
	 * Waits until somebody has the session.
	 * @param not an epoch that is of no use: its owner does not answer
	 */
	waitForOwner(
		session: string,
		options: { ms: number; not?: number; signal?: AbortSignal },
	): Promise<Whereabouts>
	/** The public part of every session of the cluster. @throws GatewayError storage_failed */
	views(): Promise<SessionView[]>
}
