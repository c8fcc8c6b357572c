/** The right to write to a database: to all of it, or to the sessions that a node of a cluster has. */
export type Right = {
	/** Whether it surely holds: nobody else can have taken over what it is for. */
	holds(): boolean
	/** What `GUARD` checks for what has that name. */
	proofFor(name: string): Proof
	/** Gives it back. */
	release(): Promise<void>
}

/** The node, and the session with its epoch where sessions are owned one by one. */
export type Proof = [node: string, session: string | null, epoch: number | null]

/**
 * The beginning of a statement that writes; `me` has a row while the right holds. The rows are locked: who takes over
 * waits for the statement, and one behind a takeover looks at them again.
 */
export const GUARD = `with node as materialized (select id from wag.node where id = $1 and not dead for share),
	own as materialized (
		select id from wag.session where id = $2::text and holder = $1 and epoch = $3::bigint for share),
	me as materialized (select id from node where $2::text is null or exists (select from own))`
