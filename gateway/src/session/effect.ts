import type { GatewayEvent, NewEvent } from '../events/index.ts'
import type { Change } from '../storage/driver.ts'

/** What follows from something that WhatsApp said: perhaps an event, and the changes that one commit keeps with it. */
export type Effect = { event?: NewEvent | undefined; changes?: readonly Change[] }

/** An effect that has an event. */
export type EventEffect = Effect & { event: NewEvent }

/** Changes for the next commit, and what to do when they are durable. */
export type PendingCommit = { changes: Change[]; onDurable(): void }

/** Told of an event that is durable. */
export type Publish = (event: GatewayEvent) => void
