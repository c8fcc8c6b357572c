import type { DeadLetter } from '../../session/state/cursors.ts'
import type { Journal } from '../../session/journal.ts'
import type { GatewayEvent } from '../../events/index.ts'
import { isRequeued } from '../queue/requeued.ts'
import type { Consumer } from '../consumer.ts'
import type { ChatQueue } from '../queue/chat-queues.ts'

/** An event that a webhook has not accepted. */
export type Undelivered = {
	event_id: string
	seq: number
	type: string
	chat: string | null
	state: 'pending' | 'dead'
	attempts: number
	why: string | null
	next_attempt_at: string | null
	given_up_at: string | null
}

export type DeliveriesPage = { after: number; limit: number }

/** The waiting events, in order. Of each chat only the first has been attempted. */
export async function listPending(
	{ events, cursors }: Journal,
	reader: string,
	consumer: Consumer,
	{ after, limit }: DeliveriesPage,
): Promise<Undelivered[]> {
	const waiting = consumer
		.waiting()
		.flatMap((queue) => queue.numbers.all().map((seq, nth) => ({ seq, queue, isFirst: nth === 0 })))
		.filter(({ seq }) => seq > after)
		.sort((a, b) => a.seq - b.seq)
		.slice(0, limit)
	const found = await Promise.all(
		waiting.map(async ({ seq, queue, isFirst }) => {
			const event = isRequeued(queue)
				? (await cursors.requeued.get(reader, seq))?.event
				: (await events.after(seq - 1, 1)).find((event) => event.seq === seq)
			return event && pending(event, isFirst ? queue : undefined)
		}),
	)
	return found.filter((delivery) => delivery !== undefined)
}

/** The dead letters, in the order of their events. */
export async function listDead(
	{ cursors }: Journal,
	reader: string,
	{ after, limit }: DeliveriesPage,
): Promise<{ deliveries: Undelivered[]; total: number }> {
	const numbers = await cursors.deadLetters.numbers(reader)
	const page = numbers.filter((seq) => seq > after).slice(0, limit)
	const deliveries = (await cursors.deadLetters.all(reader, page)).map(dead)
	return { deliveries, total: numbers.length }
}

const factsOf = (event: GatewayEvent) => ({
	event_id: event.id,
	seq: event.seq,
	type: event.type,
	chat: 'chat' in event.data ? event.data.chat.id : null,
})

function pending(event: GatewayEvent, queue?: ChatQueue): Undelivered {
	return {
		...factsOf(event),
		state: 'pending',
		attempts: queue?.attempts ?? 0,
		why: queue?.why ?? null,
		next_attempt_at: queue?.next ? new Date(queue.next).toISOString() : null,
		given_up_at: null,
	}
}

function dead({ event, attempts, why, at }: DeadLetter): Undelivered {
	const state = 'dead' as const
	return { ...factsOf(event), state, attempts, why, next_attempt_at: null, given_up_at: at }
}
