import type { GatewayEvent } from '../events/index.ts'
import type { Lane } from './queue/chat-queues.ts'

/** Several short messages of one person are told as one: seconds. */
export type Merge = {
	/** After so long without another they are told. */
	quiet: number
	/** So long after the first they are told anyway. */
	longest: number
}

type Message = Extract<GatewayEvent, { type: 'message.received' }>

/** So many at the most: a body is to stay small. */
export const MOST_MERGED = 50

const isMessage = (event: GatewayEvent): event is Message => event.type === 'message.received'
const timeOf = ({ timestamp }: GatewayEvent) => Date.parse(timestamp)

/** When what waits in a lane is told, now that this has been added to it. */
export function dueAt(lane: Lane, event: GatewayEvent, { quiet, longest }: Merge): number {
	if (!isMessage(event)) {
		lane.since = lane.latest = undefined
		return 0
	}
	lane.since ??= timeOf(event)
	lane.latest = timeOf(event)
	return Math.min(lane.latest + quiet * 1000, lane.since + longest * 1000)
}

/** Those at the beginning that belong together: of one person, with no pause that is too long. */
export function burstOf(events: GatewayEvent[], merge: Merge): GatewayEvent[] {
	const [first, ...rest] = events
	if (!first || !isMessage(first)) return events.slice(0, 1)
	const burst: GatewayEvent[] = [first]
	for (const event of rest) {
		const isOfThem = isMessage(event) && event.data.sender.id === first.data.sender.id
		const pause = timeOf(event) - timeOf(burst.at(-1)!)
		const length = timeOf(event) - timeOf(first)
		if (!isOfThem || pause > merge.quiet * 1000 || length > merge.longest * 1000) break
		burst.push(event)
	}
	return burst
}

/** One event that tells them all: it is the last of them, with everything that was written. */
export function mergedEvent(burst: GatewayEvent[]): GatewayEvent {
	const messages = burst.filter(isMessage)
	const last = messages.at(-1)
	if (!last) return burst[0]!
	const texts = messages.map(({ data }) => data.text).filter((text) => text !== null)
	return {
		...last,
		data: {
			...last.data,
			text: texts.length ? texts.join('\n') : null,
			messages: messages.map(({ id, data, raw }) => ({
				event_id: id,
				...data,
				...(raw && { raw }),
			})),
		},
	}
}
