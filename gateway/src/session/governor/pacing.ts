import type { Clock } from '../../lib/clock.ts'

/** Pauses of a setting are as uneven as those of people: up to so much longer. */
const UNEVEN = 0.5

/** What a message's pause follows from. */
export type Pace = {
	/** The pause that the message itself asks for, in milliseconds. */
	ownMs?: number | undefined
	/** The pause of the setting, in milliseconds; undefined for messages that it does not concern. */
	settingMs: number | undefined
	/** How long it then shows typing before it leaves, in milliseconds. */
	typingMs?: number | undefined
}

/** Lets messages to different people leave with a pause between them. */
export function createPacing(clock: Clock) {
	const all = createLast()
	// Answers and groups are never counted for the pause of the setting: a busy shop would hold up all others.
	const counted = createLast()

	/** Waits until a message to that chat may leave, or show its typing. */
	return async function pace(
		chat: string,
		{ ownMs, settingMs, typingMs = 0 }: Pace,
	): Promise<void> {
		const now = clock.now()
		const before = ownMs === undefined ? counted : all
		const pauseMs = ownMs ?? (settingMs ?? 0) * (1 + UNEVEN * Math.random())
		const at = pauseMs === 0 ? now : Math.max(now, before.freeAt(chat, pauseMs))
		all.note(chat, at + typingMs)
		if (settingMs !== undefined) counted.note(chat, at + typingMs)
		if (at > now) await new Promise<void>((resolve) => clock.after(at - now, resolve))
	}
}

/** To whom the last message goes, and when it leaves: those that still wait included. */
function createLast() {
	let last: string | undefined
	let leavesAt = -Infinity

	return {
		/** When one to that chat may leave: right after another one to the same chat. */
		freeAt: (chat: string, pauseMs: number) => (chat === last ? -Infinity : leavesAt + pauseMs),
		note(chat: string, at: number): void {
			last = chat
			leavesAt = Math.max(leavesAt, at)
		},
	}
}
