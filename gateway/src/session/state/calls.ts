import type { Identity } from '../../events/identity.ts'
import type { Change, StateStore } from '../../storage/driver.ts'

/** A call that came in. */
export type CallRecord = {
	call_id: string
	/** The caller exactly as WhatsApp named them: to reject the call. */
	creator: string
	chat: Identity
	sender: Identity
	group: Identity | null
	video: boolean
	/** The last word of WhatsApp about it. */
	status: string
	/** Unix time in seconds. */
	started_at: number
	updated_at: number
}

/** So many calls are kept, the newest ones. */
const KEPT = 1_000

const OVER = ['accept', 'reject', 'timeout', 'terminate']

/** Whether it may still ring. */
export const isOpen = ({ status }: CallRecord): boolean => !OVER.includes(status)

/** The calls that came in, in memory. */
export async function openCalls(state: StateStore) {
	const stored = (await state.list('call')) as Map<string, CallRecord>
	const known = new Map([...stored].sort(([, a], [, b]) => a.started_at - b.started_at))

	function dropOldest(): Change[] {
		if (known.size <= KEPT) return []
		const [oldest] = known.keys()
		known.delete(oldest!)
		return [{ collection: 'call', id: oldest!, value: null }]
	}

	return {
		get: (id: string) => known.get(id),
		/** Newest first. */
		list: () => [...known.values()].reverse(),
		/** Keeps what WhatsApp says of a call. What only its offer tells stays. */
		note(call: CallRecord): Change[] {
			const before = known.get(call.call_id)
			const { creator, chat, sender, group, video, started_at } = before ?? call
			const now = { ...call, creator, chat, sender, group, video, started_at }
			known.set(call.call_id, now)
			return [{ collection: 'call', id: call.call_id, value: now }, ...dropOldest()]
		},
	}
}

export type Calls = Awaited<ReturnType<typeof openCalls>>
