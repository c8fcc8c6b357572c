import { orderKey, type GatewayEvent } from '../../events/index.ts'
import type { ChatQueue } from './chat-queues.ts'

/** Events that are delivered again wait in queues of their own: new events do not wait for them. */
const REQUEUED = 'requeued/'

/** The key of the queue in which an event is delivered again. */
export const requeuedKey = (event: GatewayEvent) => REQUEUED + orderKey(event)

export const isRequeued = ({ key }: ChatQueue) => key.startsWith(REQUEUED)
