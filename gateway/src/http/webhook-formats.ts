import { OWN_FORMAT, type Formats } from '../delivery/formats.ts'
import { eventTypes, type GatewayEvent } from '../events/index.ts'
import { dialects } from './dialects/index.ts'
import { renderEvent as renderWaRsEvent } from './dialects/wa-rs/events.ts'

/** The formats of other systems that a webhook can use, whether their APIs are served or not. */
export const webhookFormats: Formats = new Map([
	['wa-rs', renderWaRsEvent] as const,
	...dialects.flatMap(({ name, renderEvent }) =>
		renderEvent ? [[name, renderEvent] as const] : [],
	),
])

/** The values of a webhook's `format`. */
export const webhookFormatNames: [string, ...string[]] = [OWN_FORMAT, ...webhookFormats.keys()]

const context = {
	webhook: { url: 'https://example.com/hook', options: {}, raw: false },
	account: null,
	serverUrl: '',
}

/** A sentence part for the documentation: which of our events each format has. */
export const formatSupport = (): string =>
	[...webhookFormats]
		.map(([name, render]) => `\`${name}\` has ${typesRenderedBy(render).join(', ')}`)
		.join('; ')

function typesRenderedBy(render: NonNullable<ReturnType<Formats['get']>>): string[] {
	const envelope = { id: 'evt_1', timestamp: '2026-01-01T00:00:00.000Z', session: 'main', seq: 1 }
	return eventTypes
		.filter(({ type, example: data }) =>
			render({ ...envelope, type, data } as GatewayEvent, context),
		)
		.map(({ type }) => type)
}
