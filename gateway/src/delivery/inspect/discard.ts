import type { Journal } from '../../session/journal.ts'
import type { DeadLetter } from '../../session/state/cursors.ts'
import type { Consumer } from '../consumer.ts'
import { isRequeued } from '../queue/requeued.ts'
import { findEvents, type Read } from './find-events.ts'

/** What to give up for good: all dead letters, or events by their ids, whether they wait or are dead letters. */
export type Discard = { state: 'dead' } | { event_ids: string[] }

/** Deletes dead letters. Waits until that is durable. @returns the numbers of their events */
export async function discardDeadLetters(
	{ cursors, commit }: Journal,
	reader: string,
	which: Discard,
): Promise<number[]> {
	const { deadLetters } = cursors
	const all = await deadLetters.numbers(reader)
	const numbers = 'state' in which ? all : await withIds(deadLetters, reader, all, which.event_ids)
	await commit(numbers.map((number) => deadLetters.remove(reader, number)))
	return numbers
}

type DeadLetters = Journal['cursors']['deadLetters']

async function withIds(
	deadLetters: DeadLetters,
	reader: string,
	numbers: number[],
	ids: readonly string[],
): Promise<number[]> {
	const wanted = new Set(ids)
	const found = await deadLetters.all(reader, numbers)
	return found.filter(({ event }: DeadLetter) => wanted.has(event.id)).map(({ event }) => event.seq)
}

/** The numbers of the events with these ids, as far as they wait or are in the log behind the first that waits. */
export async function waitingNumbers(
	ids: readonly string[],
	consumer: Consumer,
	{ cursors }: Journal,
	reader: string,
	read: Read,
): Promise<Set<number>> {
	const wanted = new Set(ids)
	const again = consumer.waiting().filter(isRequeued)
	const copies = await cursors.requeued.all(
		reader,
		again.flatMap(({ numbers }) => numbers.all()),
	)
	const events = [
		...copies.map(({ event }) => event).filter(({ id }) => wanted.has(id)),
		...(await findEvents(wanted, read, consumer.needed() - 1)),
	]
	return new Set(events.map(({ seq }) => seq))
}
