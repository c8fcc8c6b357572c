import { randomInt } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import { node, type BinaryNode } from '../wire/node.ts'
import { isChannel } from '../server/channels.ts'
import { isBroadcastList, STATUS } from '../server/fan-out.ts'
import { lidOf } from '../server/jids.ts'
import { pnOf } from '../server/jids.ts'
import { isGroup, membersOf } from '../server/groups.ts'
import { newStanzaId, now } from '../server/stanza.ts'
import { stanzaPartsOf } from './content.ts'
import { hasManyAuthors } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import { nextSeq } from './state.ts'

export const MAX_RETRIES = 5
/** Sent messages are kept for retry requests; so many of them. */
const SENT_KEPT = 2_000

export const newMessageId = () => `3A${newStanzaId()}${newStanzaId().slice(0, 2)}`

const metaNodes = (meta: Record<string, string> | undefined) => (meta ? [node('meta', meta)] : [])

/** Encrypts the messages of a phone for each receiving device, and again for retry requests. */
export class Outgoing {
	readonly #context: PhoneContext
	// Keeps the order, however long encryption takes.
	#turn: Promise<unknown> = Promise.resolve()

	constructor(context: PhoneContext) {
		this.#context = context
	}

	send(message: proto.IMessage, chat: string, id: string): Promise<string> {
		return this.#inTurn(async () => {
			if (isChannel(chat)) this.#toChannel(message, chat, id)
			else if (isGroup(chat)) await this.#toGroup(message, chat, id)
			else if (isBroadcastList(chat)) await this.#toPeople(message, chat, this.#list(chat), id)
			else await this.#toPeople(message, chat, [chat], id)
			return id
		})
	}

	/** Encrypts a message anew for the device that asks for it. */
	async sendAgain(retry: BinaryNode): Promise<void> {
		const { state, encryption } = this.#context
		const { id = '' } = retry.attrs
		const from = retry.attrs.participant ?? retry.attrs.from ?? ''
		const sent = state.sent[id]
		if (!sent || sent.tries >= MAX_RETRIES || !this.#mayRead(from, sent.to)) return
		const message = proto.Message.decode(sent.message)
		const isOwn = this.#context.isOwn(from)
		const own = { deviceSentMessage: { destinationJid: sent.to, message } }
		const again = await encryption.sealAgain(retry, ++sent.tries, isOwn ? own : message)
		const { type, edit, meta } = stanzaPartsOf(message)
		// A device that could not decrypt it may lack our sender key: the next message carries it.
		state.informed[sent.to] = (state.informed[sent.to] ?? []).filter((jid) => jid !== from)
		const attrs = hasManyAuthors(sent.to)
			? { id, to: sent.to, participant: from, type, edit }
			: { id, to: from, recipient: isOwn ? sent.to : undefined, type, edit }
		this.#context.send(node('message', attrs, [again, ...metaNodes(meta)]))
	}

	/** A removed member could otherwise request messages again that they must not read. */
	#mayRead(jid: string, chat: string): boolean {
		const { directory } = this.#context.whatsapp
		const group = directory.groups.get(chat)
		const account = directory.account(jid)
		return !group || (account !== undefined && account.phone in group.members)
	}

	/** Shows something for a day to these people. */
	encryption(message: proto.IMessage, audience: string[], id: string): Promise<string> {
		return this.#inTurn(async () => {
			const { encryption } = this.#context
			const devices = [...audience, pnOf(this.#context.account)].flatMap((jid) =>
				encryption.devicesOf(jid),
			)
			const content = await encryption.sealForGroup(STATUS, devices, message)
			this.#remember(id, STATUS, message, audience)
			const { type, edit } = stanzaPartsOf(message)
			this.#context.send(node('message', { id, to: STATUS, type, edit }, content))
			return id
		})
	}

	/** Sends to a device of this account what only it needs. */
	async sendToPeer(jid: string, message: proto.IMessage): Promise<void> {
		const copies = await this.#context.encryption.seal([jid], message)
		const attrs = { id: newMessageId(), to: jid, type: 'text', category: 'peer' }
		this.#context.send(node('message', attrs, [node('participants', {}, copies)]))
	}

	/** A broadcast list for these people. @returns its jid, to send to */
	newList(people: string[]): string {
		const list = `${now()}${randomInt(1000, 10_000)}@broadcast`
		const lists = (this.#context.state.lists ??= {})
		lists[list] = people
		return list
	}

	#list(chat: string): string[] {
		return this.#context.state.lists?.[chat] ?? []
	}

	#inTurn(send: () => Promise<string>): Promise<string> {
		const sent = this.#turn.then(send)
		this.#turn = sent.catch(() => undefined)
		return sent
	}

	#toChannel(message: proto.IMessage, chat: string, id: string): void {
		const plain = node('plaintext', {}, proto.Message.encode(message).finish())
		this.#remember(id, chat, message)
		this.#context.send(
			node('message', { id, to: chat, type: stanzaPartsOf(message).type }, [plain]),
		)
	}

	async #toPeople(
		message: proto.IMessage,
		chat: string,
		people: string[],
		id: string,
	): Promise<void> {
		const { encryption, account } = this.#context
		const own = { deviceSentMessage: { destinationJid: chat, message } }
		const copies = [
			...(await encryption.seal(
				people.flatMap((jid) => encryption.devicesOf(jid)),
				message,
			)),
			...(await encryption.seal(encryption.devicesOf(pnOf(account)), own)),
		]
		this.#remember(id, chat, message)
		const { type, edit, meta } = stanzaPartsOf(message)
		const content = [node('participants', {}, copies), ...metaNodes(meta)]
		this.#context.send(node('message', { id, to: chat, type, edit }, content))
	}

	async #toGroup(message: proto.IMessage, chat: string, id: string): Promise<void> {
		const { encryption, state, whatsapp } = this.#context
		const group = whatsapp.directory.groups.get(chat)
		if (!group) throw new Error(`there is no group ${chat}`)
		const devices = membersOf(whatsapp.directory, group).flatMap((account) =>
			encryption.devicesOf(group.addressing === 'lid' ? lidOf(account) : pnOf(account)),
		)
		const informed = (state.informed[chat] ??= [])
		const newcomers = devices.filter((jid) => !informed.includes(jid))
		const content = await encryption.sealForGroup(chat, newcomers, message)
		informed.push(...newcomers)
		this.#remember(id, chat, message)
		const { type, edit, meta } = stanzaPartsOf(message)
		const attrs = { id, to: chat, type, edit, addressing_mode: group.addressing }
		this.#context.send(node('message', attrs, [...content, ...metaNodes(meta)]))
	}

	#remember(id: string, to: string, message: proto.IMessage, audience?: string[]): void {
		const { state } = this.#context
		const { sent } = state
		const encoded = proto.Message.encode(message).finish()
		const known = { to, message: encoded, tries: 0, at: now(), seq: nextSeq(state) }
		sent[id] = { ...known, ...(audience && { audience }) }
		const ids = Object.keys(sent)
		if (ids.length > SENT_KEPT) delete sent[ids[0]!]
	}
}
