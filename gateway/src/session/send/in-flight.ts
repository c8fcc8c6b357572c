/** Messages of one chat that have left under the same address. */
type Flight = { address: string; ids: Set<string>; landed: PromiseWithResolvers<void> }

/**
 * The messages that have left and have no outcome yet. In each chat they go under one address: one under another address
 * would overtake those that are refused for theirs and sent once more.
 * @param answered waits for an answer as long as there is hope
 */
export function createInFlight(answered: (answer: Promise<unknown>) => Promise<void>) {
	/** By chat. */
	const flights = new Map<string, Flight>()
	/** By the id of the message. */
	const chats = new Map<string, string>()

	return {
		/** Notes that a message leaves, when nothing in its chat is on its way under another address. Call it in the chat's turn. */
		async leave(chat: string, id: string, address: string): Promise<void> {
			const before = flights.get(chat)
			if (before && before.address !== address) await answered(before.landed.promise)
			const known = flights.get(chat)
			const flight =
				known?.address === address
					? known
					: { address, ids: new Set<string>(), landed: Promise.withResolvers<void>() }
			flights.set(chat, flight)
			flight.ids.add(id)
			chats.set(id, chat)
		},
		/** A message has its outcome. */
		land(id: string): void {
			const chat = chats.get(id)
			chats.delete(id)
			const flight = chat === undefined ? undefined : flights.get(chat)
			if (!flight?.ids.delete(id) || flight.ids.size > 0) return
			flights.delete(chat!)
			flight.landed.resolve()
		},
		/** The connection is over: nothing is answered on it any more. */
		clear(): void {
			const ended = [...flights.values()]
			flights.clear()
			chats.clear()
			for (const { landed } of ended) landed.resolve()
		},
	}
}
