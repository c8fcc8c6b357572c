import type { GatewayEvent } from '../events/index.ts'

/** An event in the form of another system. */
export type RenderedEvent = {
	/** Their name of it. */
	name: string
	body: Record<string, unknown>
	/** The headers of a delivery: all that is signed is known by then. */
	headers(delivery: { body: string; secret: string; timestamp: number }): Record<string, string>
}

/**
 * Tells an event as another system does; undefined if it has no such event. Of the same event it always makes the
 * same body, since a repetition has the same bytes.
 */
export type RenderEvent = (event: GatewayEvent) => RenderedEvent | undefined

/** The forms of other systems, by the names of these. */
export type Formats = ReadonlyMap<string, RenderEvent>

/** The events as they are, which no system renders. */
export const OWN_FORMAT = 'native'
