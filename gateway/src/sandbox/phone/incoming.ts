import { proto } from '@whiskeysockets/baileys'
import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { isBroadcastList } from '../server/fan-out.ts'
import type { Inbox } from './inbox.ts'
import { findMessage } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import type { PhoneMedia } from './media.ts'
import { MAX_RETRIES, type Outgoing } from './outgoing.ts'
import { historyOnDemand } from './history-on-demand.ts'
import { placeholderResend } from './placeholder-resend.ts'
import { personOf } from './person.ts'
import { answerIn } from './answers.ts'
import { refusalOf } from './permissions.ts'
import type { Timers } from './timers.ts'
import { openSealed } from './sealed.ts'

/** Receives the messages of a phone, and sends receipts. */
export class Incoming {
	/** When off, the phone sends no receipts. */
	sendsReceipts = true
	/** A phone that does not listen takes messages unopened, and at next to no cost: for crowds. */
	listens = true
	readonly #context: PhoneContext
	readonly #inbox: Inbox
	readonly #media: PhoneMedia
	readonly #outgoing: Outgoing
	readonly #timers: Timers

	constructor(
		context: PhoneContext,
		inbox: Inbox,
		{ media, outgoing, timers }: { media: PhoneMedia; outgoing: Outgoing; timers: Timers },
	) {
		this.#context = context
		this.#inbox = inbox
		this.#media = media
		this.#outgoing = outgoing
		this.#timers = timers
	}

	async receive(stanza: BinaryNode): Promise<void> {
		if (!this.listens) return this.acknowledge(stanza)
		const { id = '', participant, t } = stanza.attrs
		const from = participant ?? stanza.attrs.from ?? ''
		const chat = chatOf(stanza)
		const arrived = { id, from, chat, fromMe: this.#context.isOwn(from), timestamp: Number(t) }
		try {
			const plain = childOf(stanza, 'plaintext')?.content as Uint8Array | undefined
			const message = plain
				? proto.Message.decode(plain)
				: await this.#context.encryption.open(stanza)
			const said = message.deviceSentMessage?.message ?? message
			if (stanza.attrs.category === 'peer') return await this.#answerPeer(stanza, said)
			const find = (known: string) => findMessage(this.#context, this.#inbox, known)
			const answer = answerIn(this.#context, said, from, find)
			const sealed = openSealed(this.#context, said, from, find)
			const change = { by: from, at: arrived.timestamp }
			const refused = refusalOf(this.#context, said, change, find)
			this.#timers.note(arrived.chat, said)
			const file = await this.#media.fetch(said)
			this.#inbox.add({
				...arrived,
				message: said,
				...answer,
				...sealed,
				...(refused && { refused }),
				...file,
			})
			this.#confirm(stanza)
		} catch (error) {
			// A copy of what it has read already cannot be decrypted twice, and need not be.
			const message = this.#inbox.find(id, from)?.message ?? null
			this.#inbox.add({ ...arrived, message, error: message ? undefined : String(error) })
			if (message) this.#confirm(stanza)
			else this.#askAgain(stanza)
		}
	}

	/** Takes a request of a linked device; it is no message of the person. */
	async #answerPeer(stanza: BinaryNode, request: proto.IMessage): Promise<void> {
		this.#confirm(stanza)
		const { id = '', from = '' } = stanza.attrs
		const answer =
			placeholderResend(this.#inbox, id, request) ??
			(await historyOnDemand(this.#context, this.#inbox, id, request))
		if (answer) await this.#outgoing.sendToPeer(from, answer)
	}

	/** Acknowledges a stanza to the server: it is not delivered again. */
	acknowledge({ tag, attrs: { id, from, type } }: BinaryNode): void {
		this.#context.send(node('ack', { class: tag, id, to: from, type }))
	}

	/** "Delivered", to the sender; to one's own linked device, "arrived here too". */
	#confirm(stanza: BinaryNode): void {
		if (!this.sendsReceipts) return this.acknowledge(stanza)
		const { id, from, recipient, participant } = stanza.attrs
		const type = recipient ? 'sender' : undefined
		this.#context.send(node('receipt', { id, to: from, type, recipient, participant }))
	}

	/** Asks the sender to encrypt the message again; from the second time on, with fresh keys. */
	#askAgain(stanza: BinaryNode): void {
		const { id, from, recipient, participant, t } = stanza.attrs
		const count = 1 + Number(childOf(stanza, 'enc')?.attrs.count ?? 0)
		if (count > MAX_RETRIES) return this.acknowledge(stanza)
		const keys = this.#context.encryption.keysForRetry(count)
		const attrs = { id, to: from, type: 'retry', recipient, participant }
		this.#context.send(node('receipt', attrs, [node('retry', { count, id, t, v: 1 }), ...keys]))
	}
}

/** A message through a person's broadcast list is in the chat with that person. */
function chatOf({ attrs: { from = '', participant, recipient } }: BinaryNode): string {
	if (participant) return isBroadcastList(from) ? personOf(participant) : from
	return recipient ?? personOf(from)
}

export type PhoneReceipt = {
	id: string
	type: 'delivered' | 'read' | 'played' | 'sender' | 'retry' | (string & {})
	from: string
	/** Unix time in seconds. */
	timestamp: number
}

/** A receipt may be for several messages. */
export function readReceipts({ attrs, content }: BinaryNode): PhoneReceipt[] {
	const { id = '', type = 'delivered', t } = attrs
	const from = attrs.participant ?? attrs.from ?? ''
	const list = childOf({ tag: 'receipt', attrs, content }, 'list')
	const listed = childrenOf(list, 'item').map((item) => item.attrs.id ?? '')
	return [id, ...listed].map((each) => ({ id: each, type, from, timestamp: Number(t) }))
}
