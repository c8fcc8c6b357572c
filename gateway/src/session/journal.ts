import type { SessionState } from './state/index.ts'

/** The events of a session and how far each webhook has got in them. */
export type Journal = Pick<SessionState, 'events' | 'cursors' | 'commit'> & {
	/** The number of the newest event that is durable. */
	newest(): Promise<number>
	/** Whether a message was deleted for everyone. */
	isDeleted(messageId: string): Promise<boolean>
	/** The file of a message; undefined if it cannot be had or is larger than 16 MB. */
	file(messageId: string): Promise<Buffer | undefined>
}

export function journalOf(state: SessionState, file: Journal['file']): Journal {
	const { events, cursors, commit, messages } = state
	const { isDeleted } = messages
	return { events, cursors, commit, newest: () => newestDurable(state), isDeleted, file }
}

/** Waits for the disk: commits become durable in the order of the calls, so every event numbered so far is then, too. */
export async function newestDurable({ events, durable }: SessionState): Promise<number> {
	const newest = events.last()
	await durable()
	return newest
}
