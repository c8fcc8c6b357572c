import type { MediaPreparer } from '../../media/index.ts'
import type { Change } from '../../storage/driver.ts'
import type { Receiver } from '../receive/receiver.ts'
import type { SessionContext } from '../session-context.ts'
import { createKeyedMutex } from '../../lib/keyed-mutex.ts'
import { createBatchOrder } from './batch-order.ts'
import { buildMessages, type SendRequest } from './build-message.ts'
import { createIdempotency } from './idempotency.ts'
import type { Outbox } from './outbox.ts'
import { toRecipient, type Recipient } from './recipient.ts'
import type { SendResult } from './send-result.ts'

export type SendOptions = Pick<SessionContext, 'state' | 'connected' | 'otherName' | 'log'> & {
	/** The id of a message follows from it and the idempotency key. */
	secret: string
	outbox: Outbox
	changesOfSent: Receiver['changesOfSent']
	mediaPreparer: MediaPreparer
}

/** The place of a message in a batch that is to arrive in its order; the first has index 0. */
export type BatchItem = { batch: string; index: number }

/** Sends messages: each request once per idempotency key, the messages of a chat in the order of the calls. */
export function createSend(options: SendOptions) {
	const { state, connected, otherName, outbox, changesOfSent, mediaPreparer, log, secret } = options
	const sendOnce = createIdempotency({ secret, state, outcomeOf: outbox.outcomeOf })
	const waitForTurn = createBatchOrder()
	const inChatTurn = createKeyedMutex()

	/** Messages of a chat are built one after the other; none waits for the outcome of another. */
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
		recipient: Recipient,
		messageId: string,
		along: Change[],
		begun: () => void,
	): Promise<SendResult> {
		const deps = await connected()
		const [lead, ...parts] = await buildMessages(
			{ ...deps, mediaPreparer },
			request,
			recipient,
			messageId,
		)
		const changed = await changesOfSent(lead.to, messageId, lead.content)
		// All are kept in one commit: a crash does not leave half of them.
		const kept = parts.flatMap((part) => deps.messages.accept({ ...part, from_me: true }))
		const outcome = outbox.send(lead, [...along, ...kept, ...changed])
		const all = Promise.all([outcome, ...parts.map((part) => outbox.send(part))])
		begun()
		return (await all)[0]
	}

	/**
	 * Sends a message. Waits for its turn in the batch and in the chat, for a connection and for uploads; then for
	 * WhatsApp's answer, at most as long as the outbox's timeout.
	 * @param key the idempotency key: repeating a request with it does not send the message again
	 * @param item the place in a batch: the message leaves after the items before it
	 * @throws GatewayError when the message is known not to have been sent
	 */
	return async function send(
		request: SendRequest,
		key?: string,
		item?: BatchItem,
	): Promise<SendResult> {
		const recipient = toRecipient(request.input.to, otherName)
		if (item) await waitForTurn(item.batch, item.index)
		const result = await begunInTurn(recipient.chat, (begun) =>
			sendOnce(key, request, (id, along) => start(request, recipient, id, along, begun), begun),
		)
		log.info({ messageId: result.message_id, status: result.status }, 'send finished')
		return result
	}
}
