import { orderKey, type GatewayEvent } from '../../events/index.ts'
import type { Lane } from './chat-queues.ts'

/** What is brought again waits in lanes of its own: what is new need not wait for it. */
const AGAIN = 'again/'

/** The lane in which an event is brought once more. */
export const laneOfRepeats = (event: GatewayEvent) => AGAIN + orderKey(event)

export const isAgain = ({ key }: Lane) => key.startsWith(AGAIN)
