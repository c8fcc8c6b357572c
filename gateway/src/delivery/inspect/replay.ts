import type { DeadLetter } from '../../session/state/cursors.ts'
import type { Journal } from '../../session/journal.ts'
import type { GatewayEvent } from '../../events/index.ts'
import type { Consumer } from '../consumer.ts'

/** What to replay: all dead letters, some events by id, or all events after a number. */
export type Replay = { state: 'dead' } | { event_ids: string[] } | { after: number }

type Read = (after: number, limit: number) => Promise<GatewayEvent[]>

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

/** Searches the whole log: half a second per ten thousand events. */
async function copiesOf(ids: ReadonlySet<string>, read: Read): Promise<DeadLetter[]> {
	const found: DeadLetter[] = []
	const at = new Date().toISOString()
	for (let after = 0; found.length < ids.size;) {
		const page = await read(after, 500)
		if (page.length === 0) break
		after = page.at(-1)!.seq
		for (const event of page)
			if (ids.has(event.id)) found.push({ event, attempts: 0, why: null, at })
	}
	return found
}
