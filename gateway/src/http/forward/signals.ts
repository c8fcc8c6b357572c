/**
 * What a lookup of sessions throws when it needs what only the database knows. They are no errors, on purpose: Hono hands
 * errors to `onError` of the app or dialect, and all else on to who has called it.
 */

/** The request is about a session that is not here. */
export class NotHere {
	readonly session: string

	constructor(session: string) {
		this.session = session
	}
}

/** The request is about all sessions, those of other gateways among them. */
export class AllWanted {}
