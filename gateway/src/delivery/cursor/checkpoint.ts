import type { ChatLag, Cursor, Cursors } from '../../session/state/cursors.ts'
import type { Journal } from '../../session/journal.ts'
import type { Log } from '../../log.ts'
import type { Change } from '../../storage/driver.ts'
import type { ChatQueues } from '../queue/chat-queues.ts'

export type CheckpointOptions = {
	reader: string
	journal(): Promise<Journal>
	queues: ChatQueues
	/** The cursor to save; undefined while it is not known. */
	currentCursor(): Cursor | undefined
	log: Log
}

/** After a crash, the events that were delivered since the last save are delivered again. */
const SAVE_MS = 300

/** Saves a consumer's cursor and its lagging chats: everything that changed, in one commit. */
export function createCheckpoint({
	reader,
	journal,
	queues,
	currentCursor,
	log,
}: CheckpointOptions) {
	const touched = new Set<string>()
	const stored = new Set<string>()
	const alongside: ((cursors: Cursors) => Change)[] = []
	let saved = -1
	let timer: NodeJS.Timeout | undefined
	let saving: Promise<void> = Promise.resolve()

	function soon() {
		timer ??= setTimeout(flush, SAVE_MS).unref()
	}

	function saveNow(): Promise<void> {
		clearTimeout(timer)
		timer = undefined
		const saved = saving.then(save)
		saving = saved.catch((err) => log.warn({ err }, 'cursor not saved'))
		return saved
	}

	const flush = () => saveNow().catch(() => undefined)

	async function save() {
		const { cursors, commit } = await journal()
		const cursor = currentCursor()
		if (!cursor) return
		const chats = [...touched]
		const changes = alongside.splice(0)
		touched.clear()
		try {
			const all = [
				cursors.at(reader, cursor),
				...chats.flatMap((chat) => changeOf(cursors, chat)),
				...changes.map((change) => change(cursors)),
			]
			await commit(all, { canWait: true })
			saved = cursor.seq
		} catch (error) {
			alongside.unshift(...changes)
			for (const chat of chats) {
				touched.add(chat)
				stored.add(chat)
			}
			throw error
		}
	}

	function changeOf(cursors: Cursors, chat: string): Change[] {
		const queue = queues.get(chat)
		if (!queue) return stored.delete(chat) ? [cursors.lag(reader, chat, null)] : []
		stored.add(chat)
		const { attempts, next, why, skipped } = queue
		const lag = { head: queue.numbers.first!, attempts, next, why }
		return [cursors.lag(reader, chat, skipped.length ? { ...lag, skipped } : lag)]
	}

	return {
		/** Starts with the saved cursor and the saved lagging chats. */
		begin(start: Cursor, lags: ReadonlyMap<string, ChatLag>) {
			saved = start.seq
			for (const chat of lags.keys()) stored.add(chat)
		},
		/** The queue of a chat has changed. */
		touch(chat: string) {
			touched.add(chat)
			soon()
		},
		/** Saves another change in the same commit. */
		saveWith(change: (cursors: Cursors) => Change) {
			alongside.push(change)
			soon()
		},
		soon,
		/** Saves now; resolves when that is done. @throws when it failed: it is tried again with the next change */
		saveNow,
		/** Saves now; resolves when that is done, or has failed. */
		flush,
		/** The number at which the cursor was saved last. */
		get saved() {
			return saved
		},
	}
}

export type Checkpoint = ReturnType<typeof createCheckpoint>
