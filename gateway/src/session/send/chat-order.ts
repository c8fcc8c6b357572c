import { createKeyedMutex } from '../../lib/keyed-mutex.ts'

/** A message's place in the order of its chat. */
export type ChatPlace = {
	/** Resolves when all earlier messages of the chat have given up their places. */
	reached: Promise<void>
	/** Gives up the place; doing so before it is reached lets nobody overtake. */
	leave(): void
}

/**
 * Keeps the order of the messages of each chat. A place is taken at once, and nothing runs in it: messages are made
 * ready beside each other, and only leave one after the other.
 * @example
 * const place = takePlace(chat)
 * const message = await build(request)
 * await place.reached
 * void relay(message)
 * place.leave()
 */
export function createChatOrder() {
	const inTurn = createKeyedMutex()
	return function takePlace(chat: string): ChatPlace {
		const { promise: left, resolve: leave } = Promise.withResolvers<void>()
		const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
		void inTurn(chat, () => {
			reach()
			return left
		})
		return { reached, leave }
	}
}
