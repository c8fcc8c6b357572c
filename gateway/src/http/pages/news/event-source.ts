import { setTimeout as pause } from 'node:timers/promises'
import type { GatewayEvent } from '../../../events/index.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import type { Session } from '../../../session/session.ts'
import type { RequestScope } from '../../forward/request-scope.ts'

/** The event log of a session, wherever that is. */
export type EventSource = {
	/** The same when the session moves to another gateway; another one when it is deleted and made again. */
	key: string
	createdAt: string
	events(after: number, limit: number): Promise<GatewayEvent[]>
	/** The number of its last event, 0 without one. */
	newest(): Promise<number>
}

/** A gateway that does not answer is asked again in the next round. */
const ASK_MS = 2 * SECOND_MS

const namesOf = (session: Session) => {
	const { id, created_at: createdAt } = session.view()
	return { key: `${id} ${createdAt}`, createdAt }
}

/** Of a session at this gateway. */
export const ownEvents = (session: Session): EventSource => ({
	...namesOf(session),
	events: (after, limit) => session.events(after, limit),
	newest: async () => (await session.journal()).newest(),
})

/** Of a session at another gateway, which is asked. */
export function remoteEvents(session: Session, { ask }: Pick<RequestScope, 'ask'>): EventSource {
	async function read(query: string): Promise<GatewayEvent[]> {
		// Beside the stream, where the page's cookie is good.
		const path = `sessions/${session.id}/events?${query}`
		const late = pause(ASK_MS, undefined, { ref: false })
		const answer = await Promise.race([ask(session.id, path), late])
		if (!answer) throw new Error('the gateway that has the session did not answer')
		return (answer as { events: GatewayEvent[] }).events
	}
	return {
		...namesOf(session),
		events: (after, limit) => read(`after=${after}&limit=${limit}`),
		newest: async () => (await read('last=1'))[0]?.seq ?? 0,
	}
}
