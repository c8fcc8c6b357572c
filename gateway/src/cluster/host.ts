/** What a node does with a session that it has. */
export type SessionHost = {
	/** Opens a session, which this node has from now on: its record, its webhooks, its connection. */
	attach(id: string): Promise<void>
	/**
	 * Closes a session: first its connection to WhatsApp, last its state. Nothing of it is kept in memory.
	 * @param sendsMs how long sends on their way are waited for; 0 if the session is not ours any more
	 */
	detach(id: string, sendsMs: number): Promise<void>
	/** Waits until a session is connected, or its attempt to connect has ended; at most for that time. */
	connected(id: string, ms: number): Promise<void>
	/** Whether it can be interrupted without anybody noticing. */
	isIdle(id: string): boolean
	/** When something has happened in it last: milliseconds since 1970. */
	lastEvent(id: string): number
}
