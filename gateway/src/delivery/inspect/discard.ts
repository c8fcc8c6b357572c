import type { Journal } from '../../session/journal.ts'
import type { DeadLetter } from '../../session/state/cursors.ts'

/** Which dead letters to delete: all of them, or some by the ids of their events. */
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
