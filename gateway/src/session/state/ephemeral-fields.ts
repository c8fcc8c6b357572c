import { eventTypes, type GatewayEvent } from '../../events/index.ts'

const passingFields = new Map<string, readonly string[]>(
	eventTypes.flatMap((definition) =>
		'passing' in definition && definition.passing ? [[definition.type, definition.passing]] : [],
	),
)

type Data = { expires_at?: string; [field: string]: unknown }

/** What events say only for a while: that is in memory, and never on the disk. */
export function createPassing() {
	const said = new Map<number, GatewayEvent>()

	const isOver = ({ data }: GatewayEvent) =>
		Date.parse((data as Data).expires_at ?? '') <= Date.now()

	return {
		/** What may be kept of an event. */
		without(event: GatewayEvent): GatewayEvent {
			const fields = passingFields.get(event.type)
			if (!fields) return event
			for (const [seq, earlier] of said) if (isOver(earlier)) said.delete(seq)
			said.set(event.seq, event)
			const nothing = Object.fromEntries(fields.map((field) => [field, null]))
			return { ...event, data: { ...event.data, ...nothing } } as GatewayEvent
		},
		/** All that an event says now. */
		whole(event: GatewayEvent): GatewayEvent {
			const earlier = said.get(event.seq)
			return earlier && !isOver(earlier) ? earlier : event
		},
	}
}
