import type { z } from '@hono/zod-openapi'
import { messageReceived } from './message-received.ts'
import { messageSent } from './message-sent.ts'
import { sessionQr } from './session-qr.ts'
import { sessionStatusChanged } from './session-status.ts'
import { webhookTest } from './webhook-test.ts'

/** Every event that the outside world can hear of. */
export const eventTypes = [
	messageReceived,
	messageSent,
	sessionStatusChanged,
	sessionQr,
	webhookTest,
] as const

type Definition = (typeof eventTypes)[number]

export type EventType = Definition['type']

/** What happened, before it has an id and a place in the session's sequence. */
export type Happening = {
	[D in Definition as D['type']]: { type: D['type']; data: z.output<D['data']> }
}[EventType]

/** An event as webhooks get it. `seq` only grows within a session; after a restart there may be a gap. */
export type GatewayEvent = Happening & {
	id: string
	timestamp: string
	session: string
	seq: number
}

/** What must stay in order: the chat of a message, or the session itself. */
export function orderKey(event: GatewayEvent): string {
	return 'chat' in event.data ? event.data.chat.id : ''
}
