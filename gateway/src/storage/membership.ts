import type { TakeBlock } from '../lib/quota.ts'
import type { Shape } from './driver.ts'

/** Where a session is. */
export type SessionOwner = {
	/** The node that has it, and where that node is reached by others. */
	node: string
	address: string
	/** How often the session has changed hands. */
	epoch: number
	/** Whether the node gives all its sessions away. */
	drains: boolean
}

/** How the sessions of a cluster are spread. */
export type Spread = {
	sessions: number
	/** Those that no node has. */
	free: number
	/** Those that no node has had for some seconds. */
	leftOver: number
	/** The nodes that take sessions. */
	nodes: number
	/** What this node has, as the database has it. */
	own: number
}

/** A database that this process shares with other nodes: each session in it belongs to one of them. */
export type Membership = {
	/** Where others reach this node. */
	address: string
	/** The name of this node now: another one after a lost lease. */
	node(): string
	/** Whether nobody else can have taken over what this node has. */
	holds(): boolean
	/** The epoch of a session that this node has. */
	epochOf(session: string): number | undefined
	/** Makes a session known, as one of this node. @returns false if there is one of that id */
	create(session: string): Promise<boolean>
	/**
	 * Takes sessions that no node has.
	 * @param except are left to others
	 * @param first are taken before others
	 * @returns their ids
	 */
	claim(most: number, except: readonly string[], first?: readonly string[]): Promise<string[]>
	/** Gives a session away: any node may claim it at once. */
	release(session: string): Promise<void>
	/** Tells other nodes that a session is open here, or cannot be for now. */
	tellOpened(session: string): Promise<void>
	/** Frees what nodes had whose leases have run out. */
	buryDead(): Promise<void>
	/** The sessions that this node has no longer, though it did not give them away. */
	findLost(): Promise<string[]>
	spread(): Promise<Spread>
	/** Who has a session: null if no node has, undefined if there is no such session. */
	ownerOf(session: string): Promise<SessionOwner | null | undefined>
	/** The records of all sessions; without data where they cannot be read. */
	records<T>(shape: Shape<T>): Promise<{ session: string; data: T | undefined }[]>
	/** Takes a block of an allowance that all nodes share. */
	takeBlock: TakeBlock
	/** Says that this node takes no more sessions. */
	drain(): Promise<void>
	/** Asks the database whether the lease holds. @throws if it does not answer */
	prove(): Promise<boolean>
	/** Calls the listener once when the lease is lost; nothing that this node had is its own any more. */
	onLost(listener: () => void): void
	/** Becomes a node again, with another name and without sessions. Waits until the database lets it. */
	rejoin(): Promise<void>
	/** Calls the listener when sessions may have changed hands. @param session undefined if it can be any */
	onChange(listener: (session: string | undefined) => void): void
	/** Calls the listener when a node has opened a session. A notice may be lost. */
	onOpened(listener: (session: string) => void): void
}
