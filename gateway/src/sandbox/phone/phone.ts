import { EventEmitter } from 'node:events'
import { proto } from '@whiskeysockets/baileys'
import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { lidOf, pnOf, type Account, type Party } from '../server/directory.ts'
import { isGroup, membersOf, newGroupId, type Group } from '../server/groups.ts'
import { newStanzaId, now, type Link, type WhatsApp } from '../server/whatsapp.ts'
import { Inbox, type Expected, type Received } from './inbox.ts'
import { linkByCode, linkByQr } from './linking.ts'
import { PhoneMedia } from './media.ts'
import { Post } from './post.ts'
import { newSignalState, type SignalState } from './signal.ts'
import { newAppStateKey, welcomeMessages, type AppStateKey } from './welcome.ts'

const FIRST_PRE_KEYS = 100
const MORE_PRE_KEYS = 50
const MAX_RETRIES = 5
/** Sent messages are kept for retry requests; so many of them. */
const SENT_KEPT = 2_000

/** A phone's memory: plain data, so that it can be kept in a file. */
export type PhoneState = {
	signal: SignalState
	received: Received[]
	/** By message id; the message is encoded. */
	sent: Record<string, { to: string; message: Uint8Array; tries: number }>
	appStateKey: AppStateKey
	/** Which devices have our sender key, by group. */
	informed: Record<string, string[]>
}

export const newPhoneState = (): PhoneState => ({
	signal: newSignalState(),
	received: [],
	sent: {},
	appStateKey: newAppStateKey(),
	informed: {},
})

export type Receipt = {
	id: string
	type: 'delivered' | 'read' | 'played' | 'sender' | 'retry' | (string & {})
	from: string
	/** Unix time in seconds. */
	timestamp: number
}

/** A person: a jid, a phone number, or somebody's phone. */
export type Person = string | Phone

const jidOf = (person: Person) => {
	if (typeof person !== 'string') return pnOf(person.account)
	return person.includes('@') ? person : `${person.replace(/\D/g, '')}@s.whatsapp.net`
}

/** What kind of message the stanza says it holds. */
const stanzaType = (message: proto.IMessage) => {
	if (message.reactionMessage) return 'reaction'
	if (message.pollCreationMessage || message.pollUpdateMessage) return 'poll'
	return message.conversation || message.extendedTextMessage ? 'text' : 'media'
}

/** The jid of the person whose device this is. */
const personOf = (jid: string) => jid.replace(/:\d+@/, '@')

const newMessageId = () => `3A${newStanzaId()}${newStanzaId().slice(0, 2)}`

/** A simulated person's phone. Its methods are what people do; everything it sends is encrypted. */
export class Phone {
	readonly account: Account
	readonly inbox: Inbox
	/** Receipts for what this account sent. */
	readonly receipts: Receipt[] = []
	/** Emits `typing` with `{from, state}`, and `receipt`. */
	readonly events = new EventEmitter().setMaxListeners(0)
	/** Switched off, the phone shows nobody what has reached it. */
	sendsReceipts = true
	/** A phone that does not listen takes messages unopened, and at next to no cost: for crowds. */
	listens = true
	readonly #whatsapp: WhatsApp
	readonly #state: PhoneState
	readonly #party: Party
	readonly #post: Post
	readonly media: PhoneMedia
	// Both directions keep their order, however long encryption takes.
	#incoming: Promise<void> = Promise.resolve()
	#outgoing: Promise<unknown> = Promise.resolve()

	constructor(whatsapp: WhatsApp, account: Account, state: PhoneState) {
		this.account = account
		this.inbox = new Inbox(state.received)
		this.#whatsapp = whatsapp
		this.#state = state
		this.#party = { account, device: account.devices[0]! }
		this.#post = new Post(whatsapp, this.#party, state.signal)
		this.media = new PhoneMedia(whatsapp, this.#party, (id) => this.#messageOf(id))
		if (!this.#party.device.bundle) this.#post.uploadPreKeys(FIRST_PRE_KEYS)
		this.comesBack()
	}

	/** Scans a QR and so links whoever shows it to this account. */
	scans(qr: string): void {
		linkByQr(this.#whatsapp, this.account, this.#state.signal.identity, qr)
	}

	/** Types in the pairing code that a client shows. */
	entersCode(code: string): Promise<void> {
		return linkByCode(this.#whatsapp, this.account, this.#state.signal.identity, code)
	}

	/** Removes all linked devices. */
	unlinks(): void {
		for (const { id } of this.account.devices) this.#whatsapp.unlink(this.account, id)
	}

	goesOffline(): void {
		this.#whatsapp.detach(this.#party, this.#link)
	}

	/** Connects again; what was sent in the meantime arrives now. */
	comesBack(): void {
		if (this.#whatsapp.isConnected(this.#party)) return
		this.#whatsapp.attach(this.#party, this.#link)
		this.#whatsapp.activate(this.#party)
	}

	/** Writes a text to somebody. @returns the message's id */
	says(text: string, { to, id }: { to: Person; id?: string }): Promise<string> {
		return this.sends({ conversation: text }, { to, id })
	}

	/** Sends any message, encrypted for each device of both sides. @returns the message's id */
	sends(
		message: proto.IMessage,
		{ to, id = newMessageId() }: { to: Person; id?: string },
	): Promise<string> {
		const sent = this.#outgoing.then(async () => {
			await this.#fanOut(message, jidOf(to), id)
			return id
		})
		this.#outgoing = sent.catch(() => undefined)
		return sent
	}

	/** Makes a group, as its owner. @returns its jid, to send to */
	createsGroup(
		subject: string,
		members: Phone[],
		{ addressing = 'lid' }: Pick<Partial<Group>, 'addressing'> = {},
	): string {
		const roles = Object.fromEntries(
			members.map(({ account }) => [account.phone, 'member' as const]),
		)
		const id = newGroupId()
		const owner = this.account.phone
		const group: Group = {
			id,
			subject,
			owner,
			creation: now(),
			addressing,
			members: { ...roles, [owner]: 'superadmin' },
		}
		this.#whatsapp.directory.groups.set(id, group)
		this.#whatsapp.events.emit('change')
		return id
	}

	/** Waits until a message that fits is on this phone, decrypted. */
	receives(expected: Expected, options?: { timeout?: number; after?: number }): Promise<Received> {
		return this.inbox.waitFor(expected, options)
	}

	/** Opens the chat: the blue ticks of a message. */
	reads(received: Received): void {
		this.#marks(received, 'read')
	}

	/** Listens to a voice note. */
	plays(received: Received): void {
		this.#marks(received, 'played')
	}

	types(to: Person, state: 'composing' | 'recording' | 'paused' = 'composing'): void {
		const records = state === 'recording'
		const shown = node(records ? 'composing' : state, { media: records ? 'audio' : undefined })
		this.#send(node('chatstate', { to: jidOf(to) }, [shown]))
	}

	appears(type: 'available' | 'unavailable'): void {
		this.#send(node('presence', { type, name: this.account.name }))
	}

	/** Waits until everything that has arrived so far is handled. */
	settled(): Promise<void> {
		return this.#incoming
	}

	readonly #link: Link = {
		send: (stanza) => {
			this.#incoming = this.#incoming
				.then(() => this.#handlers[stanza.tag]?.(stanza))
				.catch((error: unknown) => void this.#whatsapp.events.emit('trouble', error))
		},
		close: () => undefined,
		cut: () => undefined,
	}

	readonly #handlers: Record<string, (stanza: BinaryNode) => Promise<void> | void> = {
		message: (stanza) => this.#receive(stanza),
		receipt: (stanza) => this.#noteReceipt(stanza),
		notification: (stanza) => this.#notice(stanza),
		chatstate: ({ attrs, content }) => {
			const shown = Array.isArray(content) ? content[0] : undefined
			const state = shown?.attrs.media === 'audio' ? 'recording' : shown?.tag
			this.events.emit('typing', { from: attrs.from, state })
		},
	}

	#marks({ id, from, chat }: Received, type: 'read' | 'played'): void {
		const where = isGroup(chat) ? { to: chat, participant: from } : { to: from }
		this.#send(node('receipt', { id, ...where, type, t: now() }))
	}

	async #fanOut(message: proto.IMessage, chat: string, id: string): Promise<void> {
		if (isGroup(chat)) return this.#fanOutToGroup(message, chat, id)
		const own = { deviceSentMessage: { destinationJid: chat, message } }
		const copies = [
			...(await this.#post.seal(this.#post.devicesOf(chat), message)),
			...(await this.#post.seal(this.#post.devicesOf(pnOf(this.account)), own)),
		]
		this.#remember(id, chat, message)
		const attrs = { id, to: chat, type: stanzaType(message) }
		this.#send(node('message', attrs, [node('participants', {}, copies)]))
	}

	async #fanOutToGroup(message: proto.IMessage, chat: string, id: string): Promise<void> {
		const group = this.#whatsapp.directory.groups.get(chat)
		if (!group) throw new Error(`there is no group ${chat}`)
		const devices = membersOf(this.#whatsapp.directory, group).flatMap((account) =>
			this.#post.devicesOf(group.addressing === 'lid' ? lidOf(account) : pnOf(account)),
		)
		const informed = (this.#state.informed[chat] ??= [])
		const newcomers = devices.filter((jid) => !informed.includes(jid))
		const content = await this.#post.sealForGroup(chat, newcomers, message)
		informed.push(...newcomers)
		this.#remember(id, chat, message)
		const attrs = { id, to: chat, type: stanzaType(message), addressing_mode: group.addressing }
		this.#send(node('message', attrs, content))
	}

	async #receive(stanza: BinaryNode): Promise<void> {
		if (!this.listens) return this.#acknowledge(stanza)
		const { id = '', recipient, participant, t } = stanza.attrs
		const from = participant ?? stanza.attrs.from ?? ''
		const chat = participant ? stanza.attrs.from! : (recipient ?? personOf(from))
		const arrived = { id, from, chat, fromMe: this.#isOwn(from), timestamp: Number(t) }
		try {
			const message = await this.#post.open(stanza)
			const said = message.deviceSentMessage?.message ?? message
			this.inbox.add({ ...arrived, message: said, ...(await this.media.fetch(said)) })
			this.#confirm(stanza)
		} catch (error) {
			// A copy of what it has read already cannot be decrypted twice, and need not be.
			const message = this.inbox.find(id, from)?.message ?? null
			this.inbox.add({ ...arrived, message, error: message ? undefined : String(error) })
			if (message) this.#confirm(stanza)
			else this.#askAgain(stanza)
		}
	}

	/** "Delivered", to the sender; to one's own linked device, "arrived here too". */
	#confirm(stanza: BinaryNode): void {
		if (!this.sendsReceipts) return this.#acknowledge(stanza)
		const { id, from, recipient, participant } = stanza.attrs
		const type = recipient ? 'sender' : undefined
		this.#send(node('receipt', { id, to: from, type, recipient, participant }))
	}

	#acknowledge({ tag, attrs: { id, from, type } }: BinaryNode): void {
		this.#send(node('ack', { class: tag, id, to: from, type }))
	}

	/** Asks the sender to encrypt the message again; from the second time on, with fresh keys. */
	#askAgain(stanza: BinaryNode): void {
		const { id, from, recipient, participant, t } = stanza.attrs
		const count = 1 + Number(childOf(stanza, 'enc')?.attrs.count ?? 0)
		if (count > MAX_RETRIES) return this.#acknowledge(stanza)
		const content = [node('retry', { count, id, t, v: 1 }), ...this.#post.keysForRetry(count)]
		const attrs = { id, to: from, type: 'retry', recipient, participant }
		this.#send(node('receipt', attrs, content))
	}

	async #noteReceipt(stanza: BinaryNode): Promise<void> {
		const { id = '', type = 'delivered', t } = stanza.attrs
		const from = stanza.attrs.participant ?? stanza.attrs.from ?? ''
		const listed = childrenOf(childOf(stanza, 'list'), 'item').map(({ attrs }) => attrs.id ?? '')
		if (type === 'retry') await this.#sendAgain(stanza)
		if (type === 'server-error') await this.media.reupload(stanza)
		for (const each of [id, ...listed])
			this.receipts.push({ id: each, type, from, timestamp: Number(t) })
		this.events.emit('receipt')
		this.#acknowledge(stanza)
	}

	async #sendAgain(retry: BinaryNode): Promise<void> {
		const { id = '' } = retry.attrs
		const from = retry.attrs.participant ?? retry.attrs.from ?? ''
		const sent = this.#state.sent[id]
		if (!sent || sent.tries >= MAX_RETRIES) return
		const message = proto.Message.decode(sent.message)
		const own = { deviceSentMessage: { destinationJid: sent.to, message } }
		const again = await this.#post.sealAgain(retry, ++sent.tries, this.#isOwn(from) ? own : message)
		const type = stanzaType(message)
		// Who could not read it may lack our sender key: the next message brings it.
		this.#state.informed[sent.to] = (this.#state.informed[sent.to] ?? []).filter(
			(jid) => jid !== from,
		)
		const attrs = isGroup(sent.to)
			? { id, to: sent.to, participant: from, type }
			: { id, to: from, recipient: this.#isOwn(from) ? sent.to : undefined, type }
		this.#send(node('message', attrs, [again]))
	}

	async #notice(stanza: BinaryNode): Promise<void> {
		if (childOf(stanza, 'count')) this.#post.uploadPreKeys(MORE_PRE_KEYS)
		for (const { attrs } of childrenOf(childOf(stanza, 'devices'), 'device'))
			await this.#welcome(attrs.jid ?? '')
		this.#acknowledge(stanza)
	}

	/** Tells a newly linked device what it needs to know; only own devices get such messages. */
	async #welcome(jid: string): Promise<void> {
		for (const message of welcomeMessages(this.#state.appStateKey)) {
			const sealed = await this.#post.seal([jid], message)
			const attrs = { id: newMessageId(), to: jid, type: 'text', category: 'peer' }
			this.#send(node('message', attrs, [node('participants', {}, sealed)]))
		}
	}

	#messageOf(id: string): proto.IMessage | null | undefined {
		const sent = this.#state.sent[id]
		if (sent) return proto.Message.decode(sent.message)
		return this.inbox.entries.findLast((entry) => entry.id === id)?.message
	}

	#remember(id: string, to: string, message: proto.IMessage): void {
		const { sent } = this.#state
		sent[id] = { to, message: proto.Message.encode(message).finish(), tries: 0 }
		const ids = Object.keys(sent)
		if (ids.length > SENT_KEPT) delete sent[ids[0]!]
	}

	#send(stanza: BinaryNode): void {
		this.#whatsapp.accept(this.#party, stanza)
	}

	#isOwn(jid: string): boolean {
		return this.#whatsapp.directory.account(jid) === this.account
	}
}
