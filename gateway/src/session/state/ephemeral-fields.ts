import { eventTypes, type GatewayEvent } from '../../events/index.ts'

const ephemeralFieldsOf = new Map<string, readonly string[]>(
	eventTypes.flatMap((definition) =>
		'ephemeral' in definition && definition.ephemeral
			? [[definition.type, definition.ephemeral]]
			: [],
	),
)

type Data = { expires_at?: string | null; [field: string]: unknown }

/** Fields of events that are true for a while only, such as a QR: they stay in memory and never reach the disk. */
export function createEphemeralFields() {
	const said = new Map<number, GatewayEvent>()

	// Without a time there is nothing to wait for.
	const isOver = ({ data }: GatewayEvent) =>
		!(Date.parse((data as Data).expires_at ?? '') > Date.now())

	return {
		/** The event as it may be kept: its ephemeral fields are null. */
		without(event: GatewayEvent): GatewayEvent {
			const fields = ephemeralFieldsOf.get(event.type)
			if (!fields) return event
			for (const [seq, earlier] of said) if (isOver(earlier)) said.delete(seq)
			said.set(event.seq, event)
			const nothing = Object.fromEntries(fields.map((field) => [field, null]))
			return { ...event, data: { ...event.data, ...nothing } } as GatewayEvent
		},
		/** The event with its ephemeral fields, as long as they are valid. */
		whole(event: GatewayEvent): GatewayEvent {
			const earlier = said.get(event.seq)
			return earlier && !isOver(earlier) ? earlier : event
		},
	}
}
