import type { DeadLetter } from '../../session/state/cursors.ts'
import type { Journal } from '../../session/journal.ts'
import type { Consumer } from '../consumer.ts'
import { findEvents, type Read } from './find-events.ts'

/** What to replay: all dead letters, some events by id, or all events after a number. */
export type Replay = { state: 'dead' } | { event_ids: string[] } | { after: number }

/** Delivers events again, by their ids. @returns how many were found */
export async function replayIds(
	ids: readonly string[],
	consumer: Consumer,
	{ cursors }: Journal,
	reader: string,
	read: Read,
): Promise<number> {
	const wanted = new Set(ids)
	const dead: number[] = []
	for (const number of consumer.dead()) {
		const deadLetter = await cursors.deadLetters.get(reader, number)
		if (deadLetter && wanted.delete(deadLetter.event.id)) dead.push(number)
	}
	return consumer.replay(dead, await copiesOf(wanted, read))
}

async function copiesOf(ids: ReadonlySet<string>, read: Read): Promise<DeadLetter[]> {
	const at = new Date().toISOString()
	const found = await findEvents(ids, read)
	return found.map((event) => ({ event, attempts: 0, why: null, at }))
}
