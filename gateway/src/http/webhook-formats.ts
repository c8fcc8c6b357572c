import { OWN_FORMAT, type Formats } from '../delivery/formats.ts'
import { eventTypes, type GatewayEvent } from '../events/index.ts'
import { dialects } from './dialects/index.ts'
import { renderEvent } from './dialects/wa-rs/events.ts'

/** The forms of other systems in which a webhook may be told events: whether their APIs are served or not. */
export const formats: Formats = new Map([
	['wa-rs', renderEvent] as const,
	...dialects.flatMap(({ name, renderEvent }) =>
		renderEvent ? [[name, renderEvent] as const] : [],
	),
])

/** What a webhook may ask for. */
export const formatNames: [string, ...string[]] = [OWN_FORMAT, ...formats.keys()]

/** For people: which of our events each system can be told of. */
export const formatEventTypes = [...formats]
	.map(([name, render]) => `\`${name}\` of ${typesKnownTo(render).join(', ')}`)
	.join('; ')

function typesKnownTo(render: NonNullable<ReturnType<Formats['get']>>): string[] {
	const about = { id: 'evt_1', timestamp: '2026-01-01T00:00:00.000Z', session: 'main', seq: 1 }
	return eventTypes
		.filter(({ type, example: data }) => render({ ...about, type, data } as GatewayEvent))
		.map(({ type }) => type)
}
