import type { Behind, Position, Positions } from '../../session/state/cursors.ts'
import type { Journal } from '../../session/journal.ts'
import type { Log } from '../../log.ts'
import type { Change } from '../../storage/driver.ts'
import type { Lanes } from '../queue/chat-queues.ts'

export type BookmarkOptions = {
	reader: string
	journal(): Promise<Journal>
	lanes: Lanes
	/** Where the reader is; undefined while that cannot be said. */
	position(): Position | undefined
	log: Log
}

/** A crash costs the repetition of what was delivered since the last time. */
const SAVE_MS = 300

/** Saves how far a reader has got, together with the chats that are behind: what changes, in one go. */
export function createBookmark({ reader, journal, lanes, position, log }: BookmarkOptions) {
	const touched = new Set<string>()
	const stored = new Set<string>()
	const moves: ((positions: Positions) => Change)[] = []
	let saved = -1
	let timer: NodeJS.Timeout | undefined
	let saving: Promise<void> = Promise.resolve()

	function soon() {
		timer ??= setTimeout(flush, SAVE_MS).unref()
	}

	function flush(): Promise<void> {
		clearTimeout(timer)
		timer = undefined
		saving = saving.then(save).catch((err) => log.warn({ err }, 'position not saved'))
		return saving
	}

	async function save() {
		const { positions, commit } = await journal()
		const place = position()
		if (!place) return
		const chats = [...touched]
		const changes = moves.splice(0)
		touched.clear()
		try {
			const all = [
				positions.at(reader, place),
				...chats.flatMap((chat) => changeOf(positions, chat)),
				...changes.map((change) => change(positions)),
			]
			await commit(all, { canWait: true })
			saved = place.seq
		} catch (error) {
			moves.unshift(...changes)
			for (const chat of chats) {
				touched.add(chat)
				stored.add(chat)
			}
			throw error
		}
	}

	function changeOf(positions: Positions, chat: string): Change[] {
		const lane = lanes.get(chat)
		if (!lane) return stored.delete(chat) ? [positions.chat(reader, chat, null)] : []
		stored.add(chat)
		const { attempts, next, why } = lane
		return [positions.chat(reader, chat, { head: lane.numbers.first!, attempts, next, why })]
	}

	return {
		/** What is saved already. */
		begin(place: Position, behind: ReadonlyMap<string, Behind>) {
			saved = place.seq
			for (const chat of behind.keys()) stored.add(chat)
		},
		/** What waits in a chat has changed. */
		touch(chat: string) {
			touched.add(chat)
			soon()
		},
		/** Something else is to be saved with it. */
		move(change: (positions: Positions) => Change) {
			moves.push(change)
			soon()
		},
		soon,
		/** Saves now; resolves when that is done. */
		flush,
		/** The last event up to which the position is saved. */
		get saved() {
			return saved
		},
	}
}
