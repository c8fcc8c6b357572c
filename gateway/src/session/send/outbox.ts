import { setTimeout as pause } from 'node:timers/promises'
import type { WASocket } from '@whiskeysockets/baileys'
import type { Change } from '../../storage/driver.ts'
import { GatewayError, isGatewayError } from '../../errors.ts'
import type { Governor } from '../governor/index.ts'
import { identityOf } from '../identity.ts'
import { refusal, notSent, type SendResult } from './send-result.ts'
import type { SessionContext } from '../session-context.ts'
import type { AddressForm } from '../address-form.ts'
import type { SessionState } from '../state/index.ts'
import { settledEffect } from '../state/message-status.ts'
import { createRelay, type RelayOptions } from './relay.ts'
import type { SendObserver } from './send-observer.ts'
import { outgoingEvent, type OutgoingEventDeps } from './outgoing-event.ts'
import { keptOf, type OutgoingMessage } from './outgoing-message.ts'
import { recipientAt } from './recipient.ts'
import { accountGone } from './account-gone.ts'
import { addressOf, addressFormOf } from './address.ts'
import { createRenewal } from './renewed-account.ts'
import { createChatHolds } from './chat-holds.ts'
import { createInFlight } from './in-flight.ts'
import { isAboutAddress, NO_DEVICE, secondTryOf, shownForm, type SecondTry } from './second-try.ts'
import { createKeyedMutex } from '../../lib/keyed-mutex.ts'
import { clearTimeout, setTimeout } from '../../lib/own-timers.ts'
import { typeFirst } from './typing.ts'

export type OutboxOptions = Pick<
	SessionContext,
	'state' | 'socket' | 'otherName' | 'groups' | 'log' | 'publish' | 'failed'
> &
	OutgoingEventDeps &
	Pick<RelayOptions, 'direct'> & {
		sendObserver?: SendObserver | undefined
		governor: Pick<Governor, 'pace' | 'locked'>
	}

type Waiting = {
	/** The recipient's jid. */
	to: string
	/** When it was handed over, by `performance.now()`. */
	since: number
	settled: Promise<SendResult>
	resolve(result: SendResult): void
	reject(error: unknown): void
}

/** When WhatsApp has not answered what a message needs, it is asked again after so long. */
const SILENCE_MS = 2_000

/** For outcomes that no caller waits for: the message's record keeps them. */
const ignore = () => undefined

/**
 * Holds the messages on their way. Each is durable before anything of it leaves, and stays until WhatsApp's server
 * has acknowledged or refused it. After a lost connection or a crash it is sent again under the same id: phones show
 * a message once per id.
 */
export function createOutbox(options: OutboxOptions) {
	const { state, socket, otherName, log, publish, failed, sendObserver, governor } = options
	const inTurn = createKeyedMutex()
	/** By message: its outcome is kept once, and before what comes after it. */
	const inMessageTurn = createKeyedMutex()
	const relayOn = createRelay(options)
	const waiting = new Map<string, Waiting>()
	/** What was refused and is on its way once more, by the id of the message. */
	const secondTries = new Map<string, SecondTry & { refused: string }>()
	const holds = createChatHolds(failed)
	const inFlight = createInFlight(holds.answered)
	const renew = createRenewal()
	// While a new connection takes over what the last one has left behind.
	let resuming: Promise<Set<string>> | undefined
	let abandoned: GatewayError | undefined

	function waitingFor(messageId: string, to: string): Waiting {
		const known = waiting.get(messageId)
		if (known) return known
		let resolve!: Waiting['resolve']
		let reject!: Waiting['reject']
		const settled = new Promise<SendResult>((yes, no) => ([resolve, reject] = [yes, no]))
		settled.catch(ignore)
		const made = { to, since: performance.now(), settled, resolve, reject }
		waiting.set(messageId, made)
		return made
	}

	/** Relays a message when the earlier ones of its chat have left. The write barrier holds it until it is durable. */
	function relay(message: OutgoingMessage): Promise<void> {
		const { chat } = recipientAt(message.to, otherName)
		const begunOn = socket()
		return inTurn(chat, async () => {
			await inFlight.leave(chat, message.message_id, addressKey(message))
			await holds.end(chat)
			const { pauseMs: ownMs, typing } = message
			await governor.pace(message.to, { ownMs, typingMs: typing?.ms })
			// Another connection takes over all that is kept: this message has a turn of its own there.
			if (socket() === begunOn) await relayNow(message)
		})
	}

	async function relayNow(message: OutgoingMessage): Promise<void> {
		const open = socket()
		// It is kept: the next connection sends it.
		const isOver = () => !open || socket() !== open || !open.ws.isOpen
		if (open && message.typing) await typeFirst(open, message.address, message.typing, isOver)
		while (!isOver()) {
			const failure = await relayOn(open!, message).then(() => undefined, notSent)
			if (!failure || isOver()) return
			const other = isUnreachable(failure) && (await onceMore(message, NO_DEVICE, open!))
			if (other) return relayNow(other)
			if (!isPassing(failure)) return settle(message.message_id, message.to, failure)
			log.warn({ messageId: message.message_id }, 'WhatsApp does not answer, trying again')
			await pause(SILENCE_MS, undefined, { ref: false })
		}
	}

	/** Relays a message of a caller: after those that an earlier connection has left behind, if they are being resumed. */
	function relayNew(message: OutgoingMessage): void {
		const go = () => void relay(message).catch(failed)
		if (!resuming) return go()
		resuming.then((resumed) => {
			if (!resumed.has(message.message_id)) go()
		}, go)
	}

	/** Has every message without an outcome take its turn, oldest first. @returns their ids */
	async function relayUnsent(): Promise<Set<string>> {
		const { messages } = await state()
		const resumed = new Set<string>()
		for (const id of messages.unsent()) {
			const kept = await keptMessage(id, messages)
			if (!kept || !messages.isUnsent(id)) continue
			log.info({ messageId: id }, 'message sent again')
			relay(kept).catch(failed)
			resumed.add(id)
		}
		return resumed
	}

	const settle = (messageId: string, to: string, outcome: SendResult | GatewayError) =>
		inMessageTurn(messageId, () => settleNow(messageId, to, outcome))

	async function settleNow(messageId: string, to: string, outcome: SendResult | GatewayError) {
		const ready = await state()
		const { messages, record } = ready
		if (!messages.isUnsent(messageId)) return
		const told =
			outcome instanceof GatewayError ? undefined : await outgoingEvent(ready, outcome, options)
		const effect = await settledEffect(messages, messageId, identityOf(to, otherName), outcome)
		// Nothing waits for the disk: after a crash the message is sent again under its id, and settled again.
		if (effect && told) record(told, [], { canWait: true }).then(publish, failed)
		if (effect) record(effect.event, effect.changes, { canWait: true }).then(publish, failed)
		const caller = waiting.get(messageId)
		waiting.delete(messageId)
		secondTries.delete(messageId)
		inFlight.land(messageId)
		if (outcome instanceof GatewayError) {
			sendObserver?.refused()
			if (outcome.code === 'reachout_timelocked') governor.locked().catch(failed)
			caller?.reject(outcome)
		} else {
			sendObserver?.acknowledged(caller && secondsSince(caller.since))
			caller?.resolve(outcome)
		}
	}

	/** WhatsApp has refused a message: it is sent once more, under the same id, where its address was to blame. */
	async function refusedWith(code: string, id: string, to: string): Promise<void> {
		const { messages } = await state()
		const open = socket()
		const kept = await keptMessage(id, messages)
		if (!open || !kept) return refuse(code, id, to)
		const second = await onceMore(kept, code, open)
		// The next connection sends it as it was, and hears the same.
		if (socket() !== open) return
		if (!second) return refuse(code, id, to)
		log.info({ messageId: id, code }, 'message sent once more: WhatsApp refused the address')
		await relayNow(second)
		await holds.answered(waitingFor(id, to).settled)
	}

	/** The message for another try, which is kept. @returns undefined if there has been one, or none can help */
	async function onceMore(
		message: OutgoingMessage,
		code: string,
		open: WASocket,
	): Promise<OutgoingMessage | undefined> {
		if (message.refused) return undefined
		const { messages, addressing, auth, devices, commit } = await state()
		const deps = { ...options, socket: open, state: { addressing, auth, commit, devices } }
		const second = await secondTryOf(message, code, deps)
		if (!second || socket() !== open) return undefined
		const { address, audience, content } = second
		const how = { address, audience, content, refused: code }
		secondTries.set(message.message_id, { ...second, refused: code })
		await commit(await messages.secondTry(message.message_id, how))
		return { ...message, ...how, typing: undefined }
	}

	/**
	 * The contact has a new account. A message that was refused because of it goes there if it was for the phone number,
	 * and not to whoever has the number now if it was for the account.
	 */
	async function renewedAccount(address: string, id: string, code: string | undefined) {
		const open = socket()
		const ready = await state()
		if (!open) return
		const deps = { socket: open, state: ready, otherName }
		const isOther = await renew(address, deps).catch((error: unknown) => {
			log.warn({ err: error }, 'WhatsApp does not say which account a phone number has')
			return false
		})
		if (!code || !ready.messages.isUnsent(id) || socket() !== open) return
		const to = waiting.get(id)?.to ?? (await ready.messages.sentTo(id)) ?? ''
		const kept = await keptMessage(id, ready.messages)
		if (!isOther || !kept || kept.refused) return refuse(code, id, to)
		if (addressFormOf(to) === 'lid') return settle(id, to, accountGone(to, { otherName }, code))
		const how = { address: await addressOf(to, deps), content: kept.content, refused: code }
		await ready.commit(await ready.messages.secondTry(id, how))
		secondTries.set(id, { ...how, isOtherForm: false })
		await relayNow({ message_id: id, to, type: kept.type, ...how })
		await holds.answered(waitingFor(id, to).settled)
	}

	/** The refusal is final. */
	async function refuse(code: string, id: string, to: string): Promise<void> {
		const first = secondTries.get(id)
		if (first?.isOtherForm) await learnForm(shownForm(first, code))
		// The time-lock is why, whatever the other form is refused with.
		await settle(id, to, refusal(first?.refused === '463' ? '463' : code))
	}

	async function learnForm(form: AddressForm | undefined): Promise<void> {
		const { addressing, commit } = await state()
		const changes = form ? addressing.learn(form) : []
		if (!changes.length) return
		log.info({ form }, 'how the account addresses people')
		await commit(changes)
	}

	async function accept(id: string, to: string, timestamp: number): Promise<void> {
		const second = secondTries.get(id)
		if (second?.isOtherForm) await learnForm(shownForm(second, undefined))
		await settle(id, to, { message_id: id, timestamp, to, status: 'sent' })
	}

	/** The outcome of a message, or `pending` when the caller has waited long enough. */
	async function outcomeOf(messageId: string, to: string, waitMs: number): Promise<SendResult> {
		if (abandoned) throw abandoned
		const { promise: late, timer } = after(waitMs, () => pendingResult(messageId, to))
		return Promise.race([waitingFor(messageId, to).settled, late]).finally(() =>
			clearTimeout(timer),
		)
	}

	return {
		/**
		 * Sends a message, and waits for WhatsApp's acknowledgement.
		 * @param along is committed with it
		 * @param waitMs how long to wait before the result is `pending`
		 * @throws GatewayError when it is known not to have been sent
		 */
		async send(message: OutgoingMessage, along: Change[], waitMs: number): Promise<SendResult> {
			const { messages, commit } = await state()
			const { message_id, to } = message
			const accepted = commit([...messages.accept(keptOf(message)), ...along])
			const outcome = outcomeOf(message_id, to, waitMs)
			// If the message cannot even be kept, the caller gets that error, and not this outcome.
			outcome.catch(ignore)
			// Takes its turn in the chat now, so that the order is that of the calls.
			relayNew(message)
			await accepted
			return outcome
		},
		/** Ends all waits: the messages are kept, and the next connection sends them. */
		release() {
			for (const [id, { to, resolve }] of waiting) resolve(pendingResult(id, to))
			waiting.clear()
			inFlight.clear()
		},
		/** Ends all waits with an error: nothing sends the messages any more. */
		abandon(error: GatewayError) {
			abandoned = error
			for (const { reject } of waiting.values()) reject(error)
			waiting.clear()
		},
		/** Waits for the outcome of a message that is on its way, at most for `waitMs`. */
		outcomeOf,
		/** Sends again every message without an outcome. Call it when the connection has opened. */
		async resume(): Promise<void> {
			holds.release()
			inFlight.clear()
			secondTries.clear()
			const begun = relayUnsent()
			resuming = begun
			await begun.finally(() => {
				if (resuming === begun) resuming = undefined
			})
		},
		/**
		 * A recipient has a message of ours, so WhatsApp's server has taken it: that is kept first, if it was not. Its
		 * receipts can be read before the server's answer is, and without one, when a connection was lost between them.
		 */
		async arrived(id: string, to: string, at: Date): Promise<void> {
			const { messages } = await state()
			if (messages.isUnsent(id)) return accept(id, to, Math.floor(at.getTime() / 1000))
			await inMessageTurn(id, ignore)
		},
		/** Takes the server's answer to a message: the attributes of its `<ack>`. */
		async acknowledged({ id = '', error, t, from = '', ...said }: Acknowledgement): Promise<void> {
			const answered = async () => {
				const { messages } = await state()
				if (!messages.isUnsent(id)) return
				const to = waiting.get(id)?.to ?? (await messages.sentTo(id)) ?? ''
				if (!error) return accept(id, to, Number(t) || Math.floor(Date.now() / 1000))
				return isAboutAddress(error) ? refusedWith(error, id, to) : refuse(error, id, to)
			}
			const { chat } = recipientAt(from, otherName)
			// Nothing is repeated to an account that is no more, and nothing else goes there.
			if (said.refresh_lid === 'true' && addressFormOf(from)) {
				if (!error || secondTries.has(id)) await answered()
				return holds.hold(chat, () => renewedAccount(from, id, error))
			}
			// What comes after it in its chat must not overtake it.
			const isHeld = error && isAboutAddress(error) && !secondTries.has(id)
			return isHeld ? holds.hold(chat, answered) : answered()
		},
	}
}

/** The attributes of an `<ack>`. */
type Acknowledgement = Record<string, string>

/** A message as it is kept; undefined if it is not. */
async function keptMessage(
	id: string,
	messages: Pick<SessionState['messages'], 'get' | 'content'>,
): Promise<OutgoingMessage | undefined> {
	const [record, stored] = await Promise.all([messages.get(id), messages.content(id)])
	if (!record || !stored) return undefined
	const { to, type } = record
	const { message: content, audience, address = to, refused } = stored
	return { message_id: id, to, address, type, content, audience, refused }
}

/** What WhatsApp may refuse: a person's name in its form, or that of an audience. */
const addressKey = ({ address, audience }: OutgoingMessage): string =>
	`${address} ${(audience && addressFormOf(audience[0] ?? '')) ?? ''}`

const secondsSince = (begun: number) => (performance.now() - begun) / 1000

/** After these nobody knows more than before: the message is tried again. */
const isPassing = (failure: GatewayError): boolean =>
	isGatewayError(failure, 'whatsapp_silent') || isGatewayError(failure, 'session_not_open')

const isUnreachable = (failure: GatewayError): boolean =>
	isGatewayError(failure, 'recipient_has_no_device')

export type Outbox = ReturnType<typeof createOutbox>

const pendingResult = (messageId: string, to: string): SendResult => ({
	message_id: messageId,
	timestamp: Math.floor(Date.now() / 1000),
	to,
	status: 'pending',
})

function after<T>(ms: number, what: () => T) {
	let timer: NodeJS.Timeout | undefined
	const promise = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(what()), ms)))
	return { promise, timer }
}
