import type { GatewayEvent } from '../../events/index.ts'
import type { Change, StateStore } from '../../storage/driver.ts'

/** How far a reader has got in the event log. */
export type Position = {
	/** Every event up to this one is settled, or waits in its chat. */
	seq: number
	/** The target was down when this was written. */
	down?: boolean | undefined
	/** Since when nobody reads from here, ISO 8601. */
	left?: string | undefined
}

/** A chat that is behind its reader's position: everything of it from `head` on is not settled. */
export type Behind = { head: number; attempts: number; next: number; why: string | null }

/** An event that was given up, or is to be delivered again, with a copy of its own: logs are pruned. */
export type Letter = { event: GatewayEvent; attempts: number; why: string | null; at: string }

export type Shelf = 'dead' | 'again'

const POSITIONS = 'delivery'

const chatsOf = (reader: string) => `${POSITIONS}/${reader}`
const shelfOf = (reader: string, shelf: Shelf) => `${shelf}/${reader}`
const letterId = (seq: number) => String(seq).padStart(12, '0')

/** The chat of events that have none. */
const NO_CHAT = '-'

/**
 * How far each reader of the event log has got. What changes something returns the change, so that it can
 * be committed together with what it belongs to.
 */
export function openPositions(state: StateStore) {
	const at = (reader: string, position: Position | null): Change => ({
		collection: POSITIONS,
		id: reader,
		value: position,
	})
	return {
		/** Every reader that has a position. */
		list: async () => (await state.list(POSITIONS)) as Map<string, Position>,
		at,
		/** The chats that are behind. */
		async behind(reader: string): Promise<Map<string, Behind>> {
			const found = (await state.list(chatsOf(reader))) as Map<string, Behind>
			return new Map([...found].map(([id, value]) => [id === NO_CHAT ? '' : id, value]))
		},
		chat: (reader: string, chat: string, behind: Behind | null): Change => ({
			collection: chatsOf(reader),
			id: chat || NO_CHAT,
			value: behind,
		}),
		/** The numbers of the letters on a shelf, in order. */
		letters: async (reader: string, shelf: Shelf): Promise<number[]> =>
			(await state.ids(shelfOf(reader, shelf))).map(Number).sort((a, b) => a - b),
		async letter(reader: string, shelf: Shelf, seq: number): Promise<Letter | undefined> {
			const id = letterId(seq)
			return (await state.get(shelfOf(reader, shelf), [id])).get(id) as Letter | undefined
		},
		shelve: (reader: string, shelf: Shelf, seq: number, letter: Letter | null): Change => ({
			collection: shelfOf(reader, shelf),
			id: letterId(seq),
			value: letter,
		}),
		/** Forgets a reader's chats, so that everything after its position counts as not settled. */
		async rewind(reader: string, seq: number): Promise<void> {
			await state.commit([...(await clearing(chatsOf(reader))), at(reader, { seq })])
		},
		/** Forgets a reader and all that waits for it. */
		async forget(reader: string): Promise<void> {
			const names = [chatsOf(reader), shelfOf(reader, 'dead'), shelfOf(reader, 'again')]
			const records = await Promise.all(names.map(clearing))
			await state.commit([...records.flat(), at(reader, null)])
		},
	}

	async function clearing(collection: string): Promise<Change[]> {
		return (await state.ids(collection)).map((id) => ({ collection, id, value: null }))
	}
}

export type Positions = ReturnType<typeof openPositions>
