import { proto } from '@whiskeysockets/baileys'
import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { Inbox } from './inbox.ts'
import { findMessage } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import type { PhoneMedia } from './media.ts'
import { MAX_RETRIES } from './outgoing.ts'
import { personOf } from './person.ts'
import { answerIn } from './secrets.ts'

/** Receives the messages of a phone, and sends receipts. */
export class Incoming {
	/** When off, the phone sends no receipts. */
	sendsReceipts = true
	/** A phone that does not listen takes messages unopened, and at next to no cost: for crowds. */
	listens = true
	readonly #context: PhoneContext
	readonly #inbox: Inbox
	readonly #media: PhoneMedia

	constructor(context: PhoneContext, inbox: Inbox, media: PhoneMedia) {
		this.#context = context
		this.#inbox = inbox
		this.#media = media
	}

	async receive(stanza: BinaryNode): Promise<void> {
		if (!this.listens) return this.acknowledge(stanza)
		const { id = '', recipient, participant, t } = stanza.attrs
		const from = participant ?? stanza.attrs.from ?? ''
		const chat = participant ? stanza.attrs.from! : (recipient ?? personOf(from))
		const arrived = { id, from, chat, fromMe: this.#context.isOwn(from), timestamp: Number(t) }
		try {
			const plain = childOf(stanza, 'plaintext')?.content as Uint8Array | undefined
			const message = plain
				? proto.Message.decode(plain)
				: await this.#context.encryption.open(stanza)
			const said = message.deviceSentMessage?.message ?? message
			const answer = answerIn(this.#context, said, from, (known) =>
				findMessage(this.#context, this.#inbox, known),
			)
			const file = await this.#media.fetch(said)
			this.#inbox.add({ ...arrived, message: said, ...answer, ...file })
			this.#confirm(stanza)
		} catch (error) {
			// A copy of what it has read already cannot be decrypted twice, and need not be.
			const message = this.#inbox.find(id, from)?.message ?? null
			this.#inbox.add({ ...arrived, message, error: message ? undefined : String(error) })
			if (message) this.#confirm(stanza)
			else this.#askAgain(stanza)
		}
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
