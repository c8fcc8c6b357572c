import type { GatewayEvent } from '../../../src/events/index.ts'

/** What happened, as the log shows it: one event, or the steps of one own message. */
export type Line = {
	key: string
	/** Newest first; of an own message its sending and each `message.status`. */
	events: [GatewayEvent, ...GatewayEvent[]]
}

/** Puts the steps of each own message into one line, which stands where the first of them stands. @param events newest first */
export function linesOf(events: readonly GatewayEvent[]): Line[] {
	const lines = new Map<string, Line>()
	for (const event of events.toReversed()) {
		const key = keyOf(event)
		const known = lines.get(key)
		if (known) known.events.unshift(event)
		else lines.set(key, { key, events: [event] })
	}
	return [...lines.values()].toReversed()
}

function keyOf({ id, type, session, data }: GatewayEvent): string {
	const isStep = type === 'message.status' || type === 'message.sent' || type === 'message.outgoing'
	return isStep ? `${session}/${data.message_id}` : id
}

const STATUSES = ['sent', 'delivered', 'read', 'played', 'failed'] as const

export type Reached = { status: (typeof STATUSES)[number]; times: number }

/** The statuses that an own message reached, in their order; in a group each is reached once for every member. */
export function reachedBy({ events }: Line): Reached[] {
	const told = events.flatMap(({ type, data }) => (type === 'message.status' ? [data.status] : []))
	return STATUSES.map((status) => ({
		status,
		times: told.filter((each) => each === status).length,
	})).filter(({ times }) => times > 0)
}
