import { EventEmitter } from 'node:events'
import { proto } from '@whiskeysockets/baileys'
import { parseJid } from '../wire/jid.ts'
import { bytesOf, childOf, childrenOf, node, uintBytes, type BinaryNode } from '../wire/node.ts'
import { lidOf, pnOf, type Account, type Party } from '../server/directory.ts'
import { bundleNode, readBundle, readSignedPreKey } from '../server/key-bundles.ts'
import { newStanzaId, now, type Link, type WhatsApp } from '../server/whatsapp.ts'
import { Inbox, textOf, type Expected, type Received } from './inbox.ts'
import { linkByCode, linkByQr } from './linking.ts'
import { pad, unpad } from './padding.ts'
import { Signal, type SignalState } from './signal.ts'

const FIRST_PRE_KEYS = 100
const MORE_PRE_KEYS = 50
const MAX_RETRIES = 5
/** Sent messages are kept for retry requests; so many of them. */
const SENT_KEPT = 2_000

export type SentMessage = { to: string; message: Uint8Array; tries: number }

/** A phone's memory: plain data, so that it can be kept in a file. */
export type PhoneState = {
	signal: SignalState
	received: Received[]
	sent: Record<string, SentMessage>
}

export type Receipt = { id: string; type: string; from: string; timestamp: number }

/** A person: a jid, a phone number, or whatever has one. */
export type Person = string | { phone: string } | { account: Account }

const jidOf = (person: Person) => {
	if (typeof person !== 'string')
		return pnOf('account' in person ? person.account : (person as Account))
	return person.includes('@') ? person : `${person.replace(/\D/g, '')}@s.whatsapp.net`
}

/** What kind of message the stanza says it holds. */
const stanzaType = (message: proto.IMessage) => {
	if (message.reactionMessage) return 'reaction'
	if (message.pollCreationMessage || message.pollUpdateMessage) return 'poll'
	return message.conversation || message.extendedTextMessage || message.protocolMessage
		? 'text'
		: 'media'
}

/** A simulated person's phone. Its methods are what people do; everything it sends is encrypted. */
export class Phone {
	readonly account: Account
	readonly inbox: Inbox
	/** Receipts for what this phone, or this account's linked devices, sent. */
	readonly receipts: Receipt[] = []
	/** Emits `typing` with `{from, state}`, and `receipt`. */
	readonly events = new EventEmitter()
	/** Switch off to see what the gateway does about a person whose phone sends no receipts. */
	sendsReceipts = true
	readonly #whatsapp: WhatsApp
	readonly #signal: Signal
	readonly #state: PhoneState
	readonly #party: Party
	#incoming: Promise<void> = Promise.resolve()

	constructor(whatsapp: WhatsApp, account: Account, state: PhoneState) {
		this.account = account
		this.inbox = new Inbox(state.received)
		this.#whatsapp = whatsapp
		this.#state = state
		this.#signal = new Signal(state.signal)
		this.#party = { account, device: account.devices[0]! }
		if (!this.#party.device.bundle) this.#uploadPreKeys(FIRST_PRE_KEYS)
		this.comesBack()
	}

	readonly #link: Link = {
		send: (stanza) => {
			this.#incoming = this.#incoming
				.then(() => this.#handle(stanza))
				.catch((error: unknown) => void this.#whatsapp.events.emit('trouble', error))
		},
		close: () => undefined,
		cut: () => undefined,
	}

	/** Scans a QR and so links whoever shows it to this account. */
	scans(qr: string): void {
		linkByQr(this.#whatsapp, this.account, this.#state.signal.identity, qr)
	}

	/** Types in the pairing code that a client shows. */
	entersCode(code: string): Promise<void> {
		return linkByCode(this.#whatsapp, this.account, this.#state.signal.identity, code)
	}

	/** Removes a linked device, or all of them. */
	unlinks(deviceId?: number): void {
		const ids = this.account.devices.map(({ id }) => id).filter((id) => id !== 0)
		for (const id of deviceId === undefined ? ids : [deviceId])
			this.#whatsapp.unlink(this.account, id)
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
	async sends(
		message: proto.IMessage,
		{ to, id = `3A${newStanzaId()}${newStanzaId().slice(0, 2)}` }: { to: Person; id?: string },
	): Promise<string> {
		const chat = jidOf(to)
		this.#remember(id, chat, message)
		const own = { deviceSentMessage: { destinationJid: chat, message } }
		const copies = [
			...(await this.#encryptFor(this.#devicesOf(chat), message)),
			...(await this.#encryptFor(this.#devicesOf(pnOf(this.account)), own)),
		]
		const participants = node('participants', {}, copies)
		const attrs = { id, to: chat, type: stanzaType(message) }
		this.#whatsapp.accept(this.#party, node('message', attrs, [participants]))
		return id
	}

	/** Waits until a message that fits is on this phone, decrypted. */
	receives(expected: Expected, options?: { timeout?: number; after?: number }): Promise<Received> {
		return this.inbox.waitFor(expected, options)
	}

	/** Opens the chat: the blue ticks of a message. */
	reads({ id, from }: Received): void {
		this.#send(node('receipt', { id, to: from, type: 'read', t: now() }))
	}

	/** Listens to a voice note. */
	plays({ id, from }: Received): void {
		this.#send(node('receipt', { id, to: from, type: 'played', t: now() }))
	}

	types(to: Person, state: 'composing' | 'recording' | 'paused' = 'composing'): void {
		const media = state === 'recording' ? 'audio' : undefined
		const child = node(state === 'recording' ? 'composing' : state, { media })
		this.#send(node('chatstate', { to: jidOf(to) }, [child]))
	}

	appears(type: 'available' | 'unavailable'): void {
		this.#send(node('presence', { type, name: this.account.name }))
	}

	/** Waits until everything that has arrived so far is handled. */
	settled(): Promise<void> {
		return this.#incoming
	}

	readonly #handlers: Record<string, (stanza: BinaryNode) => Promise<void> | void> = {
		message: (stanza) => this.#receive(stanza),
		receipt: (stanza) => this.#noteReceipt(stanza),
		notification: (stanza) => {
			if (stanza.attrs.type === 'encrypt' && childOf(stanza, 'count'))
				this.#uploadPreKeys(MORE_PRE_KEYS)
			this.#acknowledge(stanza)
		},
		chatstate: ({ attrs, content }) => {
			const state = Array.isArray(content) ? content[0] : undefined
			const recording = state?.attrs.media === 'audio'
			const name = recording ? 'recording' : state?.tag
			this.events.emit('typing', { from: attrs.from, state: name })
		},
	}

	#handle(stanza: BinaryNode): Promise<void> | void {
		return this.#handlers[stanza.tag]?.(stanza)
	}

	async #receive(stanza: BinaryNode): Promise<void> {
		const { id = '', from = '', recipient, t } = stanza.attrs
		const arrived = {
			id,
			from,
			chat: recipient ?? from,
			fromMe: this.#isOwn(from),
			timestamp: Number(t),
		}
		try {
			const message = await this.#decrypt(stanza)
			this.inbox.add({ ...arrived, message })
			this.#confirm(stanza)
		} catch (error) {
			// A copy of what it has read already cannot be decrypted twice, and need not be.
			const known = this.inbox.find(id, from)?.message
			this.inbox.add({
				...arrived,
				message: known ?? null,
				error: known ? undefined : String(error),
			})
			if (known) this.#confirm(stanza)
			else this.#askAgain(stanza)
		}
		this.#whatsapp.events.emit('change')
	}

	async #decrypt(stanza: BinaryNode): Promise<proto.IMessage> {
		const encrypted = childOf(stanza, 'enc')
		const type = encrypted?.attrs.type
		if (type !== 'pkmsg' && type !== 'msg') throw new Error(`no <enc> of a known type: ${type}`)
		const body = bytesOf(stanza, 'enc')
		const padded = await this.#signal.decrypt(this.#address(stanza.attrs.from ?? ''), {
			type,
			body,
		})
		const message = proto.Message.decode(unpad(padded))
		return message.deviceSentMessage?.message ?? message
	}

	/** "Delivered", to the sender; to one's own linked device, "arrived here too". */
	#confirm({ attrs: { id, from, recipient } }: BinaryNode): void {
		if (!this.sendsReceipts) return this.#acknowledge(node('message', { id, from }))
		const type = recipient ? 'sender' : undefined
		this.#send(node('receipt', { id, to: from, type, recipient }))
	}

	#acknowledge({ tag, attrs: { id, from, type } }: BinaryNode): void {
		this.#send(node('ack', { class: tag, id, to: from, type }))
	}

	/** Asks the sender to encrypt the message again; from the second time on, with fresh keys. */
	#askAgain(stanza: BinaryNode): void {
		const { id, from, recipient, t } = stanza.attrs
		const count = 1 + Number(childOf(stanza, 'enc')?.attrs.count ?? 0)
		if (count > MAX_RETRIES) return this.#acknowledge(stanza)
		const bundle = this.#signal.newBundle(1)
		const [registration, ...keys] = bundleNode(bundle)
		const content = [node('retry', { count, id, t, v: 1 }), registration!]
		if (count > 1) content.push(node('keys', {}, keys))
		this.#send(node('receipt', { id, to: from, type: 'retry', recipient }, content))
	}

	async #noteReceipt(stanza: BinaryNode): Promise<void> {
		const { id = '', from = '', type = 'delivered', t } = stanza.attrs
		const listed = childrenOf(childOf(stanza, 'list'), 'item').map(({ attrs }) => attrs.id ?? '')
		if (type === 'retry') await this.#sendAgain(stanza)
		for (const each of [id, ...listed])
			this.receipts.push({ id: each, type, from, timestamp: Number(t) })
		this.events.emit('receipt')
		this.#acknowledge(stanza)
	}

	async #sendAgain(retry: BinaryNode): Promise<void> {
		const { id = '', from = '' } = retry.attrs
		const sent = this.#state.sent[id]
		if (!sent || sent.tries >= MAX_RETRIES) return
		const count = ++sent.tries
		await this.#signal.startSession(
			this.#address(from),
			this.#bundleFrom(retry) ?? this.#bundleOf(from),
		)
		const message = proto.Message.decode(sent.message)
		const own = { deviceSentMessage: { destinationJid: sent.to, message } }
		const plain = proto.Message.encode(this.#isOwn(from) ? own : message).finish()
		const { type, body } = await this.#signal.encrypt(this.#address(from), pad(plain))
		const attrs = { id, to: from, type: stanzaType(message), device_fanout: 'false' }
		const recipient = this.#isOwn(from) ? sent.to : undefined
		const content = [node('enc', { v: 2, type, count }, body)]
		this.#send(node('message', { ...attrs, recipient }, content))
	}

	/** The keys that come with a retry request from its second time on. */
	#bundleFrom(retry: BinaryNode) {
		const keys = childOf(retry, 'keys')
		if (!keys) return undefined
		const registration = childOf(retry, 'registration')!
		const oneTime = childrenOf(keys, 'key')
		const upload = node('iq', {}, [registration, ...childrenOf(keys), node('list', {}, oneTime)])
		return { ...readBundle(upload), signedPreKey: readSignedPreKey(keys) }
	}

	#devicesOf(jid: string): string[] {
		const query = [node('devices', { version: 2 }), node('lid')]
		const list = [node('user', { jid })]
		const usync = node('usync', {}, [node('query', {}, query), node('list', {}, list)])
		const answer = this.#ask('get', 'usync', usync)
		const user = childOf(childOf(childOf(answer, 'usync'), 'list'), 'user')
		const devices = childrenOf(childOf(childOf(user, 'devices'), 'device-list'), 'device')
		const { user: name, server } = parseJid(jid)
		const jids = devices.map(({ attrs: { id } }) =>
			id === '0' ? `${name}@${server}` : `${name}:${id}@${server}`,
		)
		return jids.filter((device) => !this.#isOwn(device) || parseJid(device).device !== 0)
	}

	#bundleOf(jid: string) {
		const answer = this.#ask('get', 'encrypt', node('key', {}, [node('user', { jid })]))
		const user = childOf(childOf(answer, 'list'), 'user')
		if (!user || childOf(user, 'error')) throw new Error(`${jid} has no keys`)
		const oneTime = childrenOf(user, 'key')
		return readBundle(node('user', {}, [...childrenOf(user), node('list', {}, oneTime)]))
	}

	async #encryptFor(jids: string[], message: proto.IMessage): Promise<BinaryNode[]> {
		const plain = proto.Message.encode(message).finish()
		const copies: BinaryNode[] = []
		for (const jid of jids) {
			const address = this.#address(jid)
			if (!this.#signal.hasSession(address))
				await this.#signal.startSession(address, this.#bundleOf(jid))
			const { type, body } = await this.#signal.encrypt(address, pad(plain))
			copies.push(node('to', { jid }, [node('enc', { v: 2, type }, body)]))
		}
		return copies
	}

	#remember(id: string, to: string, message: proto.IMessage): void {
		const { sent } = this.#state
		sent[id] = { to, message: proto.Message.encode(message).finish(), tries: 0 }
		const [oldest] = Object.keys(sent)
		if (oldest && Object.keys(sent).length > SENT_KEPT) delete sent[oldest]
	}

	#uploadPreKeys(count: number): void {
		const { registrationId, oneTime, ...bundle } = this.#signal.newBundle(count)
		const [registration, type, identity, skey] = bundleNode({
			registrationId,
			...bundle,
			oneTime: [],
		})
		const list = oneTime.map(({ id, key }) =>
			node('key', {}, [node('id', {}, uintBytes(id, 3)), node('value', {}, key)]),
		)
		this.#ask('set', 'encrypt', registration!, type!, identity!, node('list', {}, list), skey!)
	}

	#ask(type: 'get' | 'set', xmlns: string, ...content: BinaryNode[]): BinaryNode {
		return this.#whatsapp.query(
			this.#party,
			node('iq', { id: newStanzaId(), type, xmlns }, content),
		)
	}

	#send(stanza: BinaryNode): void {
		this.#whatsapp.accept(this.#party, stanza)
	}

	#isOwn(jid: string): boolean {
		return this.#whatsapp.directory.account(jid) === this.account
	}

	/** Sessions are with LIDs, whichever form the wire shows. */
	#address(jid: string): string {
		const account = this.#whatsapp.directory.account(jid)
		if (!account) throw new Error(`${jid} is not on WhatsApp`)
		return `${parseJid(lidOf(account)).user}.${parseJid(jid).device}`
	}
}

export { textOf }
