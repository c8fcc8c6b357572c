import type { GatewayEvent } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'

/** An event in the form of another system. */
export type RenderedEvent = {
	/** Their name of it. */
	name: string
	body: Record<string, unknown>
	/** What is added to the URL of the webhook: `/messages-upsert`. */
	path?: string
	/** The file of a message that belongs into the body: how it gets there when it has been read. */
	file?: RenderedFile
	/** The headers of a delivery: all that is signed is known by then. */
	headers(delivery: { body: string; secret: string; timestamp: number }): Record<string, string>
}

/** A file in base64 within a body. A file that cannot be had is left out. */
export type RenderedFile = { messageId: string; put(base64: string): void }

/** For whom an event is told. */
export type RenderContext = {
	webhook: { url: string; options: Record<string, unknown>; raw: boolean }
	/** The account of the session; null if none is linked. */
	account: Identity | null
	/** The URL at which others reach the gateway. */
	serverUrl: string
}

/**
 * Tells an event as another system does; undefined if it has no such event. Of the same event it always makes the
 * same body for the same webhook, since a repetition has the same bytes.
 */
export type RenderEvent = (event: GatewayEvent, context: RenderContext) => RenderedEvent | undefined

/** The forms of other systems, by the names of these. */
export type Formats = ReadonlyMap<string, RenderEvent>

/** The events as they are, which no system renders. */
export const OWN_FORMAT = 'native'
