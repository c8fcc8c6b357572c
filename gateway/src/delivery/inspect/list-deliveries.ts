import type { Letter } from '../../session/state/cursors.ts'
import type { Journal } from '../../session/journal.ts'
import { orderKey, type GatewayEvent } from '../../events/index.ts'
import { isAgain } from '../queue/requeued.ts'
import type { Line } from '../consumer.ts'
import type { Lane } from '../queue/chat-queues.ts'

/** One event that a webhook has not taken. */
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

export type Page = { after: number; limit: number }

/** What waits, in the order of the events: of each chat only the first was tried. */
export async function listPending(
	{ events, positions }: Journal,
	reader: string,
	line: Line,
	{ after, limit }: Page,
): Promise<Undelivered[]> {
	const waiting = line
		.waiting()
		.flatMap((lane) => lane.numbers.all().map((seq, nth) => ({ seq, lane, isFirst: nth === 0 })))
		.filter(({ seq }) => seq > after)
		.sort((a, b) => a.seq - b.seq)
		.slice(0, limit)
	const found = await Promise.all(
		waiting.map(async ({ seq, lane, isFirst }) => {
			const event = isAgain(lane)
				? (await positions.letter(reader, 'again', seq))?.event
				: (await events.after(seq - 1, 1)).find((event) => event.seq === seq)
			return event && pending(event, isFirst ? lane : undefined)
		}),
	)
	return found.filter((delivery) => delivery !== undefined)
}

/** What was given up, in the order of the events. */
export async function listDead(
	{ positions }: Journal,
	reader: string,
	{ after, limit }: Page,
): Promise<{ deliveries: Undelivered[]; total: number }> {
	const numbers = await positions.letters(reader, 'dead')
	const page = numbers.filter((seq) => seq > after).slice(0, limit)
	const letters = await Promise.all(page.map((seq) => positions.letter(reader, 'dead', seq)))
	const deliveries = letters.filter((letter) => letter !== undefined).map(dead)
	return { deliveries, total: numbers.length }
}

const factsOf = (event: GatewayEvent) => ({
	event_id: event.id,
	seq: event.seq,
	type: event.type,
	chat: orderKey(event) || null,
})

function pending(event: GatewayEvent, lane?: Lane): Undelivered {
	return {
		...factsOf(event),
		state: 'pending',
		attempts: lane?.attempts ?? 0,
		why: lane?.why ?? null,
		next_attempt_at: lane?.next ? new Date(lane.next).toISOString() : null,
		given_up_at: null,
	}
}

function dead({ event, attempts, why, at }: Letter): Undelivered {
	const state = 'dead' as const
	return { ...factsOf(event), state, attempts, why, next_attempt_at: null, given_up_at: at }
}
