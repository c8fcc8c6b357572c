import type { Log } from '../../log.ts'
import type { MediaDesk } from '../../media/index.ts'
import type { Change } from '../../storage/driver.ts'
import { toJid } from '../identity.ts'
import { createItemOrder } from './batch-order.ts'
import { createOnce } from './idempotency.ts'
import type { SendResult } from './send-result.ts'
import type { Outbox } from './outbox.ts'
import { prepare, type SendRequest } from './build-message.ts'
import type { Reception } from '../receive/receiver.ts'
import type { Memory } from './message-references.ts'
import type { SessionState } from '../state/index.ts'
import { createTurns } from '../../lib/keyed-mutex.ts'

export type SendingOptions = {
	/** From it and a key follows the id of a message. */
	secret: string
	state(): Promise<SessionState>
	/** What is needed to do something on WhatsApp. */
	atHand(): Promise<Memory>
	outbox: Outbox
	/** What a message of ours changes of what is remembered. */
	effects: Reception['effects']
	desk: MediaDesk
	log: Log
}

/** Where a message stands in a batch that is to arrive in its order. */
export type BatchItem = { batch: string; index: number }

/** Takes requests to send: each once, those of a chat in their order. */
export function createSending({
	state,
	atHand,
	outbox,
	effects,
	desk,
	log,
	...options
}: SendingOptions) {
	const sendOnce = createOnce({ ...options, state, outcomeOf: outbox.outcomeOf })
	const itsTurn = createItemOrder()
	const inChatTurn = createTurns()

	/** Messages to a chat are made ready one after the other; none waits for what becomes of another. */
	function begunInTurn<T>(chat: string, run: (begun: () => void) => Promise<T>): Promise<T> {
		return new Promise((resolve, reject) => {
			const turn = () =>
				new Promise<void>((begun) => {
					const result = run(begun)
					result.then(resolve, reject).finally(begun)
				})
			void inChatTurn(chat, turn)
		})
	}

	async function start(
		request: SendRequest,
		messageId: string,
		along: Change[],
		begun: () => void,
	): Promise<SendResult> {
		const memory = await atHand()
		const { messages } = memory
		const preparation = { ...memory, desk }
		const [lead, ...parts] = await prepare(preparation, request, messageId)
		const changed = await effects(lead.to, messageId, lead.content)
		// All are kept in one commit: a crash does not leave half of them.
		const kept = parts.flatMap((part) => messages.accept({ ...part, from_me: true }))
		const outcome = outbox.send(lead, [...along, ...kept, ...changed])
		const all = Promise.all([outcome, ...parts.map((part) => outbox.send(part))])
		begun()
		return (await all)[0]
	}

	/**
	 * Sends, once per idempotency key. Resolves when WhatsApp answered or the time is up.
	 * @param item its place in a batch: it leaves after the items before it
	 */
	return async function send(
		request: SendRequest,
		key?: string,
		item?: BatchItem,
	): Promise<SendResult> {
		const chat = toJid(request.input.to)
		if (item) await itsTurn(item.batch, item.index)
		const result = await begunInTurn(chat, (begun) =>
			sendOnce(key, request, (id, along) => start(request, id, along, begun), begun),
		)
		log.info({ messageId: result.message_id, status: result.status }, 'message sent')
		return result
	}
}
