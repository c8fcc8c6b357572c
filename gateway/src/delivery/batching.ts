import type { GatewayEvent } from '../events/index.ts'
import type { ChatQueue } from './queue/chat-queues.ts'

/** Combines short messages of one person into one event: seconds. */
export type BatchWindow = {
	/** The batch ends after so long without another message. */
	quiet: number
	/** The batch ends so long after its first message in any case. */
	longest: number
}

type ReceivedMessage = Extract<GatewayEvent, { type: 'message.received' }>

/** The largest batch: a body is to stay small. */
export const MAX_BATCH = 50

const isMessage = (event: GatewayEvent): event is ReceivedMessage =>
	event.type === 'message.received'
const timeOf = ({ timestamp }: GatewayEvent) => Date.parse(timestamp)

/** When a queue is due (Unix ms) now that an event was added to it. */
export function dueAt(
	queue: ChatQueue,
	event: GatewayEvent,
	{ quiet, longest }: BatchWindow,
): number {
	if (!isMessage(event)) {
		queue.since = queue.latest = undefined
		return 0
	}
	queue.since ??= timeOf(event)
	queue.latest = timeOf(event)
	return Math.min(queue.latest + quiet * 1000, queue.since + longest * 1000)
}

/** When the rest of a queue is due (Unix ms) now that its first batch is delivered; 0 is at once. Call it before they are removed. */
export function restDueAt(queue: ChatQueue, window: BatchWindow | null | undefined): number {
	// Events that came while the batch was under way may begin another batch.
	const isNewer = window && queue.latest !== undefined && queue.numbers.size > queue.batch
	queue.since = isNewer ? queue.latest : undefined
	return isNewer ? queue.latest! + window.quiet * 1000 : 0
}

/** The events at the beginning that belong together: of one person, with no pause that is too long. */
export function batchOf(events: GatewayEvent[], window: BatchWindow): GatewayEvent[] {
	const [first, ...rest] = events
	if (!first || !isMessage(first)) return events.slice(0, 1)
	const batch: GatewayEvent[] = [first]
	for (const event of rest) {
		const isOfThem = isMessage(event) && event.data.sender.id === first.data.sender.id
		const pause = timeOf(event) - timeOf(batch.at(-1)!)
		const length = timeOf(event) - timeOf(first)
		if (!isOfThem || pause > window.quiet * 1000 || length > window.longest * 1000) break
		batch.push(event)
	}
	return batch
}

/** One event for a whole batch: the last of them, with the text of all. */
export function batchedEvent(batch: GatewayEvent[]): GatewayEvent {
	const messages = batch.filter(isMessage)
	const last = messages.at(-1)
	if (!last) return batch[0]!
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
