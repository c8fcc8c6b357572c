import { EventEmitter } from 'node:events'
import { proto } from '@whiskeysockets/baileys'
import {
	newCredential,
	signChallenge,
	type AssertionJson,
	type SigningOptions,
} from '../wire/authenticator.ts'
import { SERVER_JID } from '../wire/jid.ts'
import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { Account, Passkey } from '../server/model.ts'
import { createGroup } from '../server/group-members.ts'
import type { Group } from '../server/model.ts'
import { type WhatsApp } from '../server/whatsapp.ts'
import { type Link } from '../server/model.ts'
import { historyOf } from './history.ts'
import { Inbox } from './inbox.ts'
import { type Expected } from './received.ts'
import { type Received } from './received.ts'
import { Incoming, readReceipts, type PhoneReceipt } from './incoming.ts'
import { findMessage } from './find-message.ts'
import { PhoneContext } from './context.ts'
import { PhoneCalls } from './calls.ts'
import { linkByCode, linkByQr } from './linking.ts'
import { PhoneMedia } from './media.ts'
import { PhoneProfile } from './profile.ts'
import { PhoneChannels } from './channels.ts'
import { addNotice, nextSeq, type PhoneState } from './state.ts'
import { entriesOf } from './entries.ts'
import { noteAck, noteReceipts } from './progress.ts'
import { noticeIn } from './notices.ts'
import { Reading } from './reading.ts'
import { newSignalState } from './signal.ts'
import { Typing } from './typing.ts'
import { Memberships } from './memberships.ts'
import { AddressBook } from './address-book.ts'
import { PhoneAppState } from './app-state.ts'
import { sharedChats, sharedLabels, type SharedChat, type SharedLabel } from './shared-chats.ts'
import { Outgoing } from './outgoing.ts'
import { jidOf, type Person } from './person.ts'
import { companionSyncMessages } from './companion-sync.ts'
import { PhoneActions } from './actions.ts'
import { PhoneError } from './phone-error.ts'

const FIRST_PRE_KEYS = 100
const MORE_PRE_KEYS = 50

/**
 * A simulated person's phone. Its methods are the actions of a person; everything it sends is really encrypted, and what it
 * receives really decrypted.
 * @example
 * const sandbox = await startSandbox()
 * const ada = sandbox.phone('491700000002', { name: 'Ada' })
 * ada.scans(qr) // links the session that shows this QR to her account
 * await ada.receives('hello') // waits until this text arrives
 */
export class Phone extends PhoneActions {
	readonly account: Account
	/** Receipts for messages of this account. */
	readonly receipts: PhoneReceipt[] = []
	/** Emits `typing` with `{from, state}`, `receipt`, and `change` after all that its view may show. */
	readonly events = new EventEmitter().setMaxListeners(0)
	readonly media: PhoneMedia
	readonly incoming: Incoming
	readonly groups: Memberships
	readonly channels: PhoneChannels
	readonly profile: PhoneProfile
	readonly appState: PhoneAppState
	readonly addressBook: AddressBook
	readonly calls: PhoneCalls
	/** Who types to this person now. */
	readonly typing = new Typing(() => void this.events.emit('change'))
	/** The code of the newest passkey ceremony, which the client shows as well; undefined if there is none to compare. */
	passkeyCode: string | undefined
	readonly #showsCode = (code: string | undefined) => void (this.passkeyCode = code)
	readonly #reading: Reading
	// Keeps the order, however long decryption takes.
	#arriving: Promise<void> = Promise.resolve()

	constructor(whatsapp: WhatsApp, account: Account, state: PhoneState) {
		const context = new PhoneContext(whatsapp, account, state)
		super(context, new Inbox(state.received, () => nextSeq(state)), new Outgoing(context))
		this.account = account
		this.media = new PhoneMedia(
			whatsapp,
			this.context.party,
			(id) => findMessage(context, this.inbox, id)?.message,
		)
		const { media, outgoing, timers } = this
		this.incoming = new Incoming(context, this.inbox, { media, outgoing, timers })
		this.groups = new Memberships(context)
		this.channels = new PhoneChannels(context)
		this.appState = new PhoneAppState(context)
		this.profile = new PhoneProfile(context, this.appState)
		this.addressBook = new AddressBook(context, this.appState)
		this.calls = new PhoneCalls(context)
		this.#reading = new Reading(context, this.inbox)
		if (!this.context.party.device.bundle) this.context.encryption.uploadPreKeys(FIRST_PRE_KEYS)
		this.comesBack()
	}

	/** Scans a QR, which links the client that shows it to this account. */
	scans(qr: string): void {
		const { whatsapp, state } = this.context
		linkByQr(whatsapp, this.account, state.signal.identity, qr, this.#showsCode)
	}

	/** Types in the pairing code that a client shows. */
	entersCode(code: string): Promise<void> {
		const { whatsapp, state } = this.context
		return linkByCode(whatsapp, this.account, state.signal.identity, code, this.#showsCode)
	}

	/** Gives the account a passkey, which WhatsApp asks for from now on; or takes it away. */
	hasPasskey(behaviour: Partial<Omit<Passkey, 'credential'>> | false = {}): void {
		const credential = this.account.passkey?.credential ?? newCredential()
		this.account.passkey = behaviour
			? { options: 'embedded', outcome: 'linked', ...behaviour, credential }
			: undefined
	}

	/** Answers a challenge, as the browser of this person does. @throws PhoneError without a passkey */
	signsChallenge(challenge: string, options?: SigningOptions): AssertionJson {
		const { passkey } = this.account
		if (!passkey) throw new PhoneError(`${this.account.phone} has no passkey.`)
		return signChallenge(passkey.credential, challenge, options)
	}

	/** Removes all linked devices. */
	unlinks(): void {
		this.account.otherDevices = 0
		for (const { id } of this.account.devices) this.context.whatsapp.unlink(this.account, id)
	}

	/** Installs WhatsApp anew: the account has other keys then, and no linked devices. */
	reinstalls(): void {
		const { whatsapp, state, encryption, party } = this.context
		this.unlinks()
		delete party.device.bundle
		Object.assign(state.signal, newSignalState())
		encryption.uploadPreKeys(FIRST_PRE_KEYS)
		whatsapp.announceKeys(this.account)
	}

	goesOffline(): void {
		this.context.whatsapp.detach(this.context.party, this.#link)
		this.events.emit('change')
	}

	/** Connects again; messages that were sent in the meantime arrive now. */
	comesBack(): void {
		const { whatsapp, party } = this.context
		if (whatsapp.isConnected(party)) return
		whatsapp.attach(party, this.#link)
		whatsapp.activate(party)
		// When a sandbox starts, not all of its people are there yet.
		setImmediate(() => this.context.sendWaiting())
		this.events.emit('change')
	}

	/** Whether it has a connection. */
	get online(): boolean {
		return this.context.whatsapp.isConnected(this.context.party)
	}

	/** What this phone has received and sent. */
	entries(): Received[] {
		return entriesOf(this.context, this.inbox)
	}

	/** Its memory: what it was told besides messages. */
	get state(): Readonly<PhoneState> {
		return this.context.state
	}

	/** Makes a group, as its owner. @returns its jid, to send to */
	createsGroup(
		subject: string,
		members: Phone[],
		{ addressing }: Pick<Partial<Group>, 'addressing'> = {},
	): string {
		const accounts = members.map(({ account }) => account)
		const asked = { subject, members: accounts, addressing }
		return createGroup(this.context.whatsapp, this.account, asked).group.id
	}

	/** Waits until a message that fits is on this phone, decrypted. */
	receives(expected: Expected, options?: { timeout?: number; after?: number }): Promise<Received> {
		return this.inbox.waitFor(expected, options)
	}

	/** Opens the chat: the blue ticks of a message. */
	reads(received: Received): void {
		this.#reading.reads(received)
	}

	/** Opens a chat: reads all that is new in it. @param chat any jid of it */
	readsChat(chat: string): void {
		this.#reading.readsChat(chat)
		this.events.emit('change')
	}

	/** Listens to a voice note. */
	plays(received: Received): void {
		this.#reading.plays(received)
	}

	types(to: Person, state: 'composing' | 'recording' | 'paused' = 'composing'): void {
		const records = state === 'recording'
		const shown = node(records ? 'composing' : state, { media: records ? 'audio' : undefined })
		this.context.send(node('chatstate', { to: jidOf(to) }, [shown]))
	}

	appears(type: 'available' | 'unavailable'): void {
		this.context.send(node('presence', { type, name: this.account.name }))
	}

	/** Sets a privacy setting: with `groupadd` as `none`, for example, others can only invite. */
	choosesPrivacy(name: string, value: string): void {
		const chosen = node('privacy', {}, [node('category', { name, value })])
		this.context.ask('set', 'privacy', SERVER_JID, chosen)
	}

	/** What the account's devices share of its chats; a person's chat is named by the phone number. */
	async chats(): Promise<SharedChat[]> {
		const { directory } = this.context.whatsapp
		const nameOf = (jid: string) => {
			const account: Account | undefined = directory.account(jid)
			return account ? jidOf({ account }) : jid
		}
		return sharedChats(await this.appState.read(), nameOf)
	}

	/** Locks a chat: a code opens it. */
	locks(chat: string, locked: boolean): Promise<void> {
		return this.appState.change({
			syncAction: { lockChatAction: { locked }, timestamp: Date.now() },
			index: ['lock', chat],
			type: 'regular_low',
			apiVersion: 7,
			operation: proto.SyncdMutation.SyncdOperation.SET,
		})
	}

	/** The labels of a business account. */
	async labels(): Promise<SharedLabel[]> {
		return sharedLabels(await this.appState.read())
	}

	/** Waits until everything that has arrived so far is handled. */
	settled(): Promise<void> {
		return this.#arriving
	}

	readonly #link: Link = {
		send: (stanza) => {
			this.#arriving = this.#arriving
				.then(() => this.#handlers[stanza.tag]?.(stanza))
				.then(() => void this.events.emit('change'))
				.catch((error: unknown) => void this.context.whatsapp.events.emit('trouble', error))
		},
		close: () => undefined,
		cut: () => undefined,
		freeze: () => undefined,
		thaw: () => undefined,
	}

	readonly #handlers: Record<string, (stanza: BinaryNode) => Promise<void> | void> = {
		message: (stanza) => {
			this.typing.stops(stanza.attrs.from ?? '')
			return this.incoming.receive(stanza)
		},
		ack: ({ attrs }) => noteAck(this.context.state, attrs),
		receipt: (stanza) => this.#noteReceipt(stanza),
		notification: (stanza) => this.#notice(stanza),
		call: (stanza) => {
			this.calls.notes(stanza)
			this.incoming.acknowledge(stanza)
		},
		chatstate: ({ attrs, content }) => {
			const shown = Array.isArray(content) ? content[0] : undefined
			const state = shown?.attrs.media === 'audio' ? 'recording' : shown?.tag
			this.typing.note(attrs.from ?? '', state)
			this.events.emit('typing', { from: attrs.from, state })
		},
	}

	async #noteReceipt(stanza: BinaryNode): Promise<void> {
		if (stanza.attrs.type === 'retry') await this.outgoing.sendAgain(stanza)
		if (stanza.attrs.type === 'server-error') await this.media.reupload(stanza)
		const receipts = readReceipts(stanza)
		this.receipts.push(...receipts)
		noteReceipts(this.context, receipts)
		this.events.emit('receipt')
		this.incoming.acknowledge(stanza)
	}

	async #notice(stanza: BinaryNode): Promise<void> {
		if (stanza.attrs.type === 'w:gp2') this.groups.notes(stanza)
		if (childOf(stanza, 'collection')?.attrs.name === 'critical_block')
			await this.profile.followsName()
		const notice = noticeIn(stanza)
		if (notice) addNotice(this.context.state, notice)
		if (childOf(stanza, 'count')) this.context.encryption.uploadPreKeys(MORE_PRE_KEYS)
		for (const { attrs } of childrenOf(childOf(stanza, 'devices'), 'device'))
			await this.#welcome(attrs.jid ?? '')
		this.incoming.acknowledge(stanza)
	}

	/** Sends the initial data to a newly linked device. */
	async #welcome(jid: string): Promise<void> {
		const device = this.context.whatsapp.directory.party(jid)?.device
		const history = historyOf(this.context, this.inbox, device?.wantsAllHistory ?? false)
		const { state, whatsapp } = this.context
		for (const message of await companionSyncMessages(state.appStateKey, history, whatsapp.media))
			await this.outgoing.sendToPeer(jid, message)
	}
}
