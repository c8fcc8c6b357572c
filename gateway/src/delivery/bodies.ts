import type { GatewayEvent } from '../events/index.ts'
import type { Letterhead } from './post.ts'

/** Some 700 bytes each. */
const KEPT = 1_000

/**
 * The bodies of the events that happened last, so that what is delivered at once need not be read from the
 * disk. Made of the event alone, so that those that are read from there have the same bytes.
 */
export function createBodies() {
	const bodies = new Map<string, Letterhead>()
	const keyOf = ({ session, seq }: Pick<GatewayEvent, 'session' | 'seq'>) => `${session}/${seq}`
	return {
		keep(event: GatewayEvent) {
			const key = keyOf(event)
			if (bodies.has(key)) return
			bodies.set(key, letterheadOf(event))
			if (bodies.size > KEPT) bodies.delete(bodies.keys().next().value!)
		},
		get: (session: string, seq: number) => bodies.get(keyOf({ session, seq })),
	}
}

export type Bodies = ReturnType<typeof createBodies>

export const letterheadOf = (event: GatewayEvent): Letterhead => ({
	id: event.id,
	body: JSON.stringify(event),
})
