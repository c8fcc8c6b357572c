import type { GatewayEvent } from '../../src/events/index.ts'

/** Events of a session that a page has not been told: those between two of its log. */
export type Gap = { session: string; after: number; before: number }

/**
 * What happened while a page was not live and is not among the last events that it is told when it comes back.
 * @param known what it had
 * @param told the last events of each session
 */
export function gapsBetween(known: GatewayEvent[], told: GatewayEvent[]): Gap[] {
	const sessions = [...new Set(told.map(({ session }) => session))]
	return sessions.flatMap((session) => {
		const after = Math.max(...seqsOf(known, session))
		const before = Math.min(...seqsOf(told, session))
		return Number.isFinite(after) && before > after + 1 ? [{ session, after, before }] : []
	})
}

/** An event that is in no log has no number. */
function seqsOf(events: GatewayEvent[], session: string): number[] {
	return events.filter((event) => event.session === session && event.seq > 0).map(({ seq }) => seq)
}
