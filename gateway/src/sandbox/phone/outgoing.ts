import { proto } from '@whiskeysockets/baileys'
import { node, type BinaryNode } from '../wire/node.ts'
import { isChannel } from '../server/channels.ts'
import { STATUS } from '../server/fan-out.ts'
import { lidOf } from '../server/jids.ts'
import { pnOf } from '../server/jids.ts'
import { isGroup, membersOf } from '../server/groups.ts'
import { newStanzaId } from '../server/stanza.ts'
import { stanzaOf } from './content.ts'
import { hasManyAuthors } from './find-message.ts'
import type { Line } from './context.ts'

export const MAX_RETRIES = 5
/** Sent messages are kept for retry requests; so many of them. */
const SENT_KEPT = 2_000

export const newMessageId = () => `3A${newStanzaId()}${newStanzaId().slice(0, 2)}`

const metaNodes = (meta: Record<string, string> | undefined) => (meta ? [node('meta', meta)] : [])

/** Encrypts what a phone sends for each device that shall read it, and again for who could not. */
export class Outgoing {
	readonly #line: Line
	// Keeps the order, however long encryption takes.
	#turn: Promise<unknown> = Promise.resolve()

	constructor(line: Line) {
		this.#line = line
	}

	send(message: proto.IMessage, chat: string, id: string): Promise<string> {
		return this.#inTurn(async () => {
			if (isChannel(chat)) this.#toChannel(message, chat, id)
			else if (isGroup(chat)) await this.#toGroup(message, chat, id)
			else await this.#toPerson(message, chat, id)
			return id
		})
	}

	/** Encrypts a message anew for the device that asks for it. */
	async sendAgain(retry: BinaryNode): Promise<void> {
		const { state, post } = this.#line
		const { id = '' } = retry.attrs
		const from = retry.attrs.participant ?? retry.attrs.from ?? ''
		const sent = state.sent[id]
		if (!sent || sent.tries >= MAX_RETRIES || !this.#mayRead(from, sent.to)) return
		const message = proto.Message.decode(sent.message)
		const isOwn = this.#line.isOwn(from)
		const own = { deviceSentMessage: { destinationJid: sent.to, message } }
		const again = await post.sealAgain(retry, ++sent.tries, isOwn ? own : message)
		const { type, edit, meta } = stanzaOf(message)
		// Who could not read it may lack our sender key: the next message brings it.
		state.informed[sent.to] = (state.informed[sent.to] ?? []).filter((jid) => jid !== from)
		const attrs = hasManyAuthors(sent.to)
			? { id, to: sent.to, participant: from, type, edit }
			: { id, to: from, recipient: isOwn ? sent.to : undefined, type, edit }
		this.#line.send(node('message', attrs, [again, ...metaNodes(meta)]))
	}

	/** Who was removed from a group could otherwise ask for what they cannot read. */
	#mayRead(jid: string, chat: string): boolean {
		const { directory } = this.#line.whatsapp
		const group = directory.groups.get(chat)
		const account = directory.account(jid)
		return !group || (account !== undefined && account.phone in group.members)
	}

	/** Shows something for a day to these people. */
	post(message: proto.IMessage, audience: string[], id: string): Promise<string> {
		return this.#inTurn(async () => {
			const { post } = this.#line
			const devices = [...audience, pnOf(this.#line.account)].flatMap((jid) => post.devicesOf(jid))
			const content = await post.sealForGroup(STATUS, devices, message)
			this.#remember(id, STATUS, message)
			this.#line.send(node('message', { id, to: STATUS, type: stanzaOf(message).type }, content))
			return id
		})
	}

	#inTurn(send: () => Promise<string>): Promise<string> {
		const sent = this.#turn.then(send)
		this.#turn = sent.catch(() => undefined)
		return sent
	}

	#toChannel(message: proto.IMessage, chat: string, id: string): void {
		const plain = node('plaintext', {}, proto.Message.encode(message).finish())
		this.#line.send(node('message', { id, to: chat, type: stanzaOf(message).type }, [plain]))
	}

	async #toPerson(message: proto.IMessage, chat: string, id: string): Promise<void> {
		const { post, account } = this.#line
		const own = { deviceSentMessage: { destinationJid: chat, message } }
		const copies = [
			...(await post.seal(post.devicesOf(chat), message)),
			...(await post.seal(post.devicesOf(pnOf(account)), own)),
		]
		this.#remember(id, chat, message)
		const { type, edit, meta } = stanzaOf(message)
		const content = [node('participants', {}, copies), ...metaNodes(meta)]
		this.#line.send(node('message', { id, to: chat, type, edit }, content))
	}

	async #toGroup(message: proto.IMessage, chat: string, id: string): Promise<void> {
		const { post, state, whatsapp } = this.#line
		const group = whatsapp.directory.groups.get(chat)
		if (!group) throw new Error(`there is no group ${chat}`)
		const devices = membersOf(whatsapp.directory, group).flatMap((account) =>
			post.devicesOf(group.addressing === 'lid' ? lidOf(account) : pnOf(account)),
		)
		const informed = (state.informed[chat] ??= [])
		const newcomers = devices.filter((jid) => !informed.includes(jid))
		const content = await post.sealForGroup(chat, newcomers, message)
		informed.push(...newcomers)
		this.#remember(id, chat, message)
		const { type, edit, meta } = stanzaOf(message)
		const attrs = { id, to: chat, type, edit, addressing_mode: group.addressing }
		this.#line.send(node('message', attrs, [...content, ...metaNodes(meta)]))
	}

	#remember(id: string, to: string, message: proto.IMessage): void {
		const { sent } = this.#line.state
		sent[id] = { to, message: proto.Message.encode(message).finish(), tries: 0 }
		const ids = Object.keys(sent)
		if (ids.length > SENT_KEPT) delete sent[ids[0]!]
	}
}
