import type { GatewayEvent } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import type { Journal } from '../session/journal.ts'
import type { Pausable } from './backpressure.ts'

/** A session, as far as its events are brought to others. */
export type Source = Pausable & {
	journal(): Promise<Journal>
	/** The account that it is linked to. */
	view(): { me: Identity | null }
	events(after: number, limit: number): Promise<GatewayEvent[]>
}
