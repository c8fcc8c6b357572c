import type { GatewayError } from '../../errors.ts'
import { createCondition } from '../../lib/condition.ts'
import type { MediaPreparer } from '../../media/index.ts'
import { messageType } from '../../messages/index.ts'
import type { Change } from '../../storage/driver.ts'
import type { Governor } from '../governor/index.ts'
import type { Receiver } from '../receive/receiver.ts'
import type { SessionContext } from '../session-context.ts'
import { createBatchOrder } from './batch-order.ts'
import { buildMessages, type SendRequest } from './build-message.ts'
import { createChatOrder, type ChatPlace } from './chat-order.ts'
import { createDryRun } from './dry-run.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { createIdempotency } from './idempotency.ts'
import type { Outbox } from './outbox.ts'
import { keptOf, type OutgoingMessage } from './outgoing-message.ts'
import { toRecipient, type Recipient } from './recipient.ts'
import type { SendObserver } from './send-observer.ts'
import type { SendResult } from './send-result.ts'
import { typingOf } from './typing.ts'
import { createUsernames, isUsername } from './usernames.ts'
import type { MediaUploader } from './upload.ts'
import { bytesHeldBy, createWaitingLimit } from './waiting-limit.ts'

export type SendOptions = Pick<
	SessionContext,
	'state' | 'connected' | 'socketOnceOpen' | 'otherName' | 'log'
> & {
	/** The id of a message follows from it and the idempotency key. */
	secret: string
	/** How long a send may take, in milliseconds: all that it waits for. */
	timeoutMs: number
	outbox: Outbox
	changesOfSent: Receiver['changesOfSent']
	sendObserver?: SendObserver | undefined
	governor: Pick<Governor, 'admit' | 'types' | 'wouldAdmit' | 'now'>
	mediaPreparer: MediaPreparer
	mediaUploader: MediaUploader
}

/** The place of a message in a batch that is to arrive in its order; the first has index 0. */
export type BatchItem = { batch: string; index: number }

/**
 * The share of its time in which a message must be ready. What was sent together with one that takes all of it has the
 * rest, and does not fail with it.
 */
const READY_WITHIN = 0.8

/** A send that is under way, in its place of the chat. */
type UnderWay = ChatPlace & {
	request: SendRequest
	recipient: Recipient
	/** Until then it must be built. */
	readyBy: Deadline
	/** Until then it must have left, and WhatsApp's answer is waited for. */
	deadline: Deadline
}

/**
 * Sends messages: each request once per idempotency key. Messages are built beside each other, files included; those
 * of a chat leave in the order of the calls.
 */
export function createSend(options: SendOptions) {
	const { state, connected, otherName, outbox, changesOfSent, log, secret, timeoutMs } = options
	const lidOf = createUsernames(options)
	const sendOnce = createIdempotency({ secret, state })
	const waitForTurn = createBatchOrder()
	const takePlace = createChatOrder()
	const enter = createWaitingLimit()
	const { mediaPreparer, mediaUploader, sendObserver, governor } = options
	const deadlines = new Set<Deadline>()
	const ended = createCondition()
	/** Why no send begins any more. */
	let refusal: GatewayError | undefined

	const recipientNamed = async (username: string) => toRecipient(await lidOf(username), otherName)

	/** Builds the messages, in the time that is given for it. */
	async function build({ request, recipient, readyBy, deadline }: UnderWay, messageId: string) {
		// Without a connection it fails by itself in that time, and says why.
		const session = await deadline.meet(connected(readyBy.leftMs()))
		const deps = { ...session, mediaPreparer, mediaUploader }
		return readyBy.meet(buildMessages(deps, request, recipient, messageId, readyBy))
	}

	/** Builds the messages and waits for their place. Nothing happens that would have to be undone. */
	async function makeReady(send: UnderWay, messageId: string) {
		const { deadline } = send
		const [lead, ...parts] = await build(send, messageId)
		await deadline.meet(send.reached)
		const changed = await deadline.meet(changesOfSent(lead.to, messageId, lead.content))
		return { lead, parts, changed }
	}

	/** Asks the governor. @throws GatewayError governor_limited */
	function leaveFor({ request, recipient, deadline }: UnderWay) {
		const asked = governor.admit(recipient.jid, textIn(request))
		return deadline.meet(asked).catch((error) => {
			// It may come too late.
			asked.then(
				(leave) => leave?.giveBack(),
				() => undefined,
			)
			throw error
		})
	}

	/** Keeps the messages and hands them to the outbox. */
	async function start(send: UnderWay, messageId: string, along: Change[]): Promise<SendResult> {
		const { deadline } = send
		const { messages } = await state()
		// Before anything is done for it: what may not leave now leaves no trace.
		const leave = await leaveFor(send)
		const { lead, parts, changed } = await makeReady(send, messageId).catch((error) => {
			leave?.giveBack()
			sendObserver?.notSent()
			throw error
		})
		// All are kept in one commit: a crash does not leave half of them, nor one that is not counted.
		const counted = leave?.use(lead.to) ?? []
		const kept = parts.flatMap((part) => messages.accept(keptOf(part)))
		const waitMs = deadline.leftMs()
		const typed = { ...lead, typing: lead.typing ?? typingBefore(send, lead) }
		const outcome = outbox.send(typed, [...along, ...kept, ...changed, ...counted], waitMs)
		const all = Promise.all([outcome, ...parts.map((part) => outbox.send(part, [], waitMs))])
		send.leave()
		return (await all)[0]
	}

	/** What the governor wants to be shown, if the request does not say it. */
	function typingBefore({ request }: UnderWay, { to, content }: OutgoingMessage) {
		const isOpen = request.input.typing === undefined && governor.types(to)
		return isOpen ? typingOf({ typing: true }, to, content) : undefined
	}

	/** Sends in the place that was taken for it, and gives that up in any case. */
	function sendInPlace(send: UnderWay, key?: string, messageId?: string): Promise<SendResult> {
		const steps = {
			act: (messageId: string, along: Change[]) => start(send, messageId, along),
			begun: send.leave,
			outcomeOf: (messageId: string, to: string) =>
				outbox.outcomeOf(messageId, to, send.deadline.leftMs()),
		}
		const chosen = messageId === undefined ? undefined : { id: messageId, to: send.recipient.jid }
		return sendOnce(key, send.request, steps, chosen).finally(send.leave)
	}

	/**
	 * Sends a message. Waits for WhatsApp's answer, at most for the timeout, which counts from the call.
	 * @param key the idempotency key: repeating a request with it does not send the message again
	 * @param item the place in a batch: the message leaves after the items before it
	 * @param messageId an id that the caller has chosen; repeating it is as repeating a key
	 * @throws GatewayError when the message is known not to have been sent
	 */
	async function send(
		request: SendRequest,
		key?: string,
		item?: BatchItem,
		messageId?: string,
	): Promise<SendResult> {
		if (refusal) throw refusal
		// Others take their places at once.
		const { to } = request.input
		const recipient = isUsername(to) ? await recipientNamed(to) : toRecipient(to, otherName)
		const slots = messageType(request.type).media?.(request.input) ?? []
		const stopWaiting = enter(bytesHeldBy(slots))
		const readyBy = createDeadline(timeoutMs * READY_WITHIN)
		const deadline = createDeadline(timeoutMs)
		const both = [readyBy, deadline]
		for (const one of both) deadlines.add(one)
		try {
			if (item) await readyBy.meet(waitForTurn(item.batch, item.index))
			const { reached, leave: leavePlace } = takePlace(recipient.chat)
			const leave = () => {
				leavePlace()
				stopWaiting()
			}
			const result = await sendInPlace(
				{ request, recipient, reached, leave, readyBy, deadline },
				key,
				messageId,
			)
			log.info({ messageId: result.message_id, status: result.status }, 'send finished')
			return result
		} finally {
			for (const one of both) {
				one.cancel()
				deadlines.delete(one)
			}
			if (deadlines.size === 0) ended.happen()
			stopWaiting()
		}
	}

	return {
		send,
		dryRun: createDryRun({ ...options, recipientNamed, checkMs: timeoutMs * READY_WITHIN }),
		/** Takes no more sends, and waits for those under way, at most for that time. */
		async finish(error: GatewayError, mostMs: number) {
			refusal = error
			await ended.until(() => deadlines.size === 0, mostMs)
		},
		/** Ends the sends of which nothing is kept yet, with an error. */
		interrupt(error: GatewayError) {
			for (const deadline of deadlines) deadline.end(error)
		},
	}
}

/** What people read first of a message. */
function textIn({ input }: SendRequest): string | undefined {
	const { text, caption } = input
	return [text, caption].find((each) => typeof each === 'string')
}
