import type { proto, WASocket } from '@whiskeysockets/baileys'
import type { Identity } from '../../events/identity.ts'
import type { GatewayEvent } from '../../events/index.ts'
import type { Change } from '../../storage/driver.ts'
import { GatewayError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { refusal, notSent, type SendResult } from './send-result.ts'
import { settledStep } from '../receive/delivery-status.ts'
import type { SessionState } from '../state/index.ts'
import { createTurns } from '../../lib/keyed-mutex.ts'

/** A message that is ready to be encrypted. */
export type Prepared = {
	message_id: string
	/** A jid. */
	to: string
	type: string
	content: proto.IMessage
	/** The jids of those who see a status. */
	audience?: string[] | undefined
}

export type OutboxOptions = {
	state(): Promise<SessionState>
	/** The socket, if it is open. */
	socket(): WASocket | undefined
	/** Encrypts a message and sends it to WhatsApp's server. */
	relay(socket: WASocket, message: Prepared): Promise<void>
	/** How long a caller waits for WhatsApp's acknowledgement, in milliseconds. */
	timeoutMs: number
	log: Log
	/** What events call the one with this jid. */
	who(jid: string): Identity
	/** Tells of what became of a message, once it is durable. */
	publish(event: GatewayEvent): void
	failed(error: unknown): void
}

type Waiting = {
	/** The recipient's jid. */
	to: string
	settled: Promise<SendResult>
	resolve(result: SendResult): void
	reject(error: unknown): void
}

/** Perhaps nobody waits any longer: the outcome is kept in the message's record. */
const nobody = () => undefined

/**
 * Messages on their way. Each is durable before anything of it leaves, and stays until WhatsApp's server has
 * acknowledged or refused it: after a lost connection or a crash it is sent again under the same id, of
 * which phones show one.
 */
export function createOutbox(options: OutboxOptions) {
	const { state, socket, timeoutMs, log, failed } = options
	const inTurn = createTurns()
	const waiting = new Map<string, Waiting>()

	function waitingFor(messageId: string, to: string): Waiting {
		const known = waiting.get(messageId)
		if (known) return known
		let resolve!: Waiting['resolve']
		let reject!: Waiting['reject']
		const settled = new Promise<SendResult>((yes, no) => ([resolve, reject] = [yes, no]))
		settled.catch(nobody)
		const made = { to, settled, resolve, reject }
		waiting.set(messageId, made)
		return made
	}

	/** Relays when the chat's earlier messages have left. Nothing of it leaves before it is durable. */
	function relay(message: Prepared): Promise<void> {
		return inTurn(message.to, async () => {
			const open = socket()
			// It is kept: the next connection sends it.
			if (!open) return
			try {
				await options.relay(open, message)
			} catch (cause) {
				if (socket() !== open || !open.ws.isOpen) return
				await settle(message.message_id, message.to, notSent(cause))
			}
		})
	}

	async function settle(messageId: string, to: string, outcome: SendResult | GatewayError) {
		const { messages, record } = await state()
		const step = await settledStep(messages, messageId, options.who(to), outcome)
		// Nobody waits for the disk: after a crash the message is sent again, under its id, and this told anew.
		if (step) record(step.happening, step.changes, { canWait: true }).then(options.publish, failed)
		const who = waiting.get(messageId)
		waiting.delete(messageId)
		if (outcome instanceof GatewayError) who?.reject(outcome)
		else who?.resolve(outcome)
	}

	/** What a caller is told: the outcome, or that there is none yet. */
	async function outcomeOf(messageId: string, to: string): Promise<SendResult> {
		const { promise: late, timer } = after(timeoutMs, (): SendResult => ({
			message_id: messageId,
			timestamp: Math.floor(Date.now() / 1000),
			to,
			status: 'pending',
		}))
		return Promise.race([waitingFor(messageId, to).settled, late]).finally(() =>
			clearTimeout(timer),
		)
	}

	return {
		/**
		 * Sends a message. `along` is committed with it.
		 * @throws GatewayError when it is known not to have been sent
		 */
		async send(message: Prepared, along: Change[] = []): Promise<SendResult> {
			const { messages, commit } = await state()
			const { message_id, to } = message
			const accepted = commit([...messages.accept({ ...message, from_me: true }), ...along])
			const outcome = outcomeOf(message_id, to)
			// If the message cannot even be kept, that is what the caller hears, and nobody hears this.
			outcome.catch(nobody)
			// Takes its turn in the chat now, so that the order is that of the calls.
			relay(message).catch(failed)
			await accepted
			return outcome
		},
		/** Waits for what becomes of a message that is on its way. */
		outcomeOf,
		/** Sends again what has no outcome: the connection is open. */
		async resume(): Promise<void> {
			const { messages } = await state()
			for (const id of messages.unsent()) {
				const [record, stored] = await Promise.all([messages.get(id), messages.content(id)])
				if (!record || !stored || !messages.isUnsent(id)) continue
				log.info({ messageId: id }, 'message sent again')
				const message = {
					message_id: id,
					to: record.to,
					type: record.type,
					content: stored.message,
					audience: stored.audience,
				}
				relay(message).catch(failed)
			}
		},
		/** WhatsApp's server has answered to a message. */
		async acknowledged({ id = '', error, t }: Record<string, string>): Promise<void> {
			const { messages } = await state()
			if (!messages.isUnsent(id)) return
			const to = waiting.get(id)?.to ?? (await messages.sentTo(id)) ?? ''
			if (error) return settle(id, to, refusal(error))
			const timestamp = Number(t) || Math.floor(Date.now() / 1000)
			await settle(id, to, { message_id: id, timestamp, to, status: 'sent' })
		},
	}
}

export type Outbox = ReturnType<typeof createOutbox>

function after<T>(ms: number, what: () => T) {
	let timer: NodeJS.Timeout | undefined
	const promise = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(what()), ms)))
	return { promise, timer }
}
