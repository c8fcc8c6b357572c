import type { GatewayEvent } from '../../events/index.ts'
import type { Change, StateStore } from '../../storage/driver.ts'

/** How far a consumer has got in the event log. */
export type Cursor = {
	/** Every event up to this number is settled, or its chat has a `ChatLag`. */
	seq: number
	/** The target was down when this was written. */
	down?: boolean | undefined
	/** Since when no webhook reads from here, ISO 8601: one that resumes may come back. */
	left?: string | undefined
	/** The last attempt of its webhook: when (Unix time in milliseconds), what was answered, and why it failed. */
	attempt?: { at: number; status: number | null; why: string | null } | undefined
	/** When the target last accepted an event: Unix time in milliseconds. */
	deliveredAt?: number | undefined
}

/** A chat that lags behind its consumer's cursor: its events from number `head` on are not settled. */
export type ChatLag = {
	head: number
	/** Failed attempts of the event at the head. */
	attempts: number
	/** When it is offered next: Unix time in milliseconds. */
	next: number
	/** Why the last attempt failed. */
	why: string | null
	/** Events after the head that were given up on request. */
	skipped?: readonly number[] | undefined
}

/** An event that was given up, or is to be delivered again. It has a copy of the event, since the log is pruned. */
export type DeadLetter = { event: GatewayEvent; attempts: number; why: string | null; at: string }

const CURSORS = 'cursor'
const chatsOf = (reader: string) => `${CURSORS}/${reader}`
const deadLetterId = (seq: number) => String(seq).padStart(12, '0')

/** Stands for the events that belong to no chat. */
const NO_CHAT = '-'

/**
 * The cursors of a session's consumers, by reader: the id of a webhook, or the name under which it resumes. A call that
 * changes something returns the change, to be committed together with what it belongs to.
 */
export function openCursors(state: StateStore) {
	const at = (reader: string, cursor: Cursor | null): Change => ({
		collection: CURSORS,
		id: reader,
		value: cursor,
	})

	async function clearing(collection: string): Promise<Change[]> {
		return (await state.ids(collection)).map((id) => ({ collection, id, value: null }))
	}

	const deadLetters = deadLetterList(state, 'dead-letter')
	const requeued = deadLetterList(state, 'requeued')

	return {
		/** Every reader that has a cursor. */
		list: async () => (await state.list(CURSORS)) as Map<string, Cursor>,
		at,
		/** The chats that lag behind. */
		async lags(reader: string): Promise<Map<string, ChatLag>> {
			const found = (await state.list(chatsOf(reader))) as Map<string, ChatLag>
			return new Map([...found].map(([id, value]) => [id === NO_CHAT ? '' : id, value]))
		},
		lag: (reader: string, chat: string, lag: ChatLag | null): Change => ({
			collection: chatsOf(reader),
			id: chat || NO_CHAT,
			value: lag,
		}),
		/** Events that were given up. */
		deadLetters,
		/** Events that are to be delivered again. */
		requeued,
		/** Moves a cursor and deletes the lags: everything after it counts as not settled. Waits until that is durable. */
		async rewind(reader: string, seq: number): Promise<void> {
			await state.commit([...(await clearing(chatsOf(reader))), at(reader, { seq })])
		},
		/** Deletes everything that is kept for a reader. Waits until that is durable. */
		async forget(reader: string): Promise<void> {
			const lists = [
				chatsOf(reader),
				deadLetters.collectionOf(reader),
				requeued.collectionOf(reader),
			]
			const records = await Promise.all(lists.map(clearing))
			await state.commit([...records.flat(), at(reader, null)])
		},
	}
}

export type Cursors = ReturnType<typeof openCursors>

/** Dead letters of each reader, by the number of their event. */
function deadLetterList(state: StateStore, name: 'dead-letter' | 'requeued') {
	const collectionOf = (reader: string) => `${name}/${reader}`
	return {
		collectionOf,
		/** The numbers of the events, in order. */
		numbers: async (reader: string): Promise<number[]> =>
			(await state.ids(collectionOf(reader))).map(Number).sort((a, b) => a - b),
		async get(reader: string, seq: number): Promise<DeadLetter | undefined> {
			const id = deadLetterId(seq)
			return (await state.get(collectionOf(reader), [id])).get(id) as DeadLetter | undefined
		},
		/** The dead letters of these events, as far as they exist, in the order asked for. */
		async all(reader: string, numbers: readonly number[]): Promise<DeadLetter[]> {
			const found = await Promise.all(numbers.map((seq) => this.get(reader, seq)))
			return found.filter((deadLetter) => deadLetter !== undefined)
		},
		put: (reader: string, seq: number, deadLetter: DeadLetter): Change => ({
			collection: collectionOf(reader),
			id: deadLetterId(seq),
			value: deadLetter,
		}),
		remove: (reader: string, seq: number): Change => ({
			collection: collectionOf(reader),
			id: deadLetterId(seq),
			value: null,
		}),
	}
}
