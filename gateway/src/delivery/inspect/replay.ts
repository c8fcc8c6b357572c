import type { Letter } from '../../session/state/cursors.ts'
import type { Journal } from '../../session/journal.ts'
import type { GatewayEvent } from '../../events/index.ts'
import type { Line } from '../consumer.ts'

/** What is to be brought once more: everything given up, some events, or all after a number. */
export type Replay = { state: 'dead' } | { event_ids: string[] } | { after: number }

type Read = (after: number, limit: number) => Promise<GatewayEvent[]>

/** Brings events once more, by their ids. Tells how many were found. */
export async function replayIds(
	ids: readonly string[],
	line: Line,
	{ positions }: Journal,
	reader: string,
	read: Read,
): Promise<number> {
	const wanted = new Set(ids)
	const dead: number[] = []
	for (const number of line.dead()) {
		const letter = await positions.letter(reader, 'dead', number)
		if (letter && wanted.delete(letter.event.id)) dead.push(number)
	}
	return line.again(dead, await copiesOf(wanted, read))
}

/** Looks for events in the whole log: half a second per ten thousand. */
async function copiesOf(ids: ReadonlySet<string>, read: Read): Promise<Letter[]> {
	const found: Letter[] = []
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
