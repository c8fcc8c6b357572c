import {
	DEFAULT_CONNECTION_CONFIG,
	isJidGroup,
	makeWASocket,
	proto,
	type BaileysEventMap,
	type BinaryNode,
	type CacheStore,
	type WAMessage,
	type WAMessageKey,
	type WASocket,
} from '@whiskeysockets/baileys'
import { silentLog } from '../../log.ts'
import type { AuthState } from '../signal/auth-state.ts'
import { installWriteBarrier } from './write-barrier.ts'
import type { GroupCache } from '../group-cache.ts'
import { forgetChangedDevices } from './device-lists.ts'
import { endSlowHandshake } from './handshake-timeout.ts'
import { learnAuthor } from './learn-author.ts'
import { handleMessagesInOrder, type Arrival } from './ordered-messages.ts'
import { createDirectReceive } from './direct/index.ts'
import { takeReceipts } from './direct/receipts.ts'
import type { Network } from './network.ts'
import { forgetBlocklist } from '../ask/blocklist.ts'
import { forgetChannels } from '../ask/channel-list.ts'
import type { AddressForm } from '../address-form.ts'
import { learnAddressForm } from './address-form.ts'
import { failUnansweredQueries } from '../ask/query-timeout.ts'
import { createCeremony, type Ceremony, type CeremonyStep } from '../passkey/ceremony.ts'
import type { PasskeyOptions } from '../passkey/options.ts'
import { BAILEYS_QR_MS, rotateQrCodes } from './qr-rotation.ts'
import { endRefusedUpgrade } from './refused-upgrade.ts'
import { stayOnline } from './stay-online.ts'
import { KEEPALIVE_MS, endIdleConnection } from './idle-timeout.ts'
import { unrefBaileysTimers } from './unref-timers.ts'
import type { ClientVersion } from '../version/client-version.ts'
import { signalRepository, type RepositoryOptions } from '../signal/repository.ts'

const { Type } = proto.Message.ProtocolMessage

/** What is told besides messages: Baileys' events, and stanzas that it ignores, by their name on the WebSocket. */
export type NotificationMap = BaileysEventMap & { [stanza: `CB:${string}`]: BinaryNode }

export type ConnectionListener = {
	qr(text: string, lifetimeMs: number): void
	/** A step of linking with a passkey; its failure closes the connection. */
	passkey(step: CeremonyStep): void
	/** WhatsApp has accepted the login. Baileys asks some queries before the connection counts as open. */
	accepted(): void
	opened(): void
	closed(error: unknown): void
	messages(upsert: BaileysEventMap['messages.upsert']): void
	/** A message was decrypted: its effect is committed before WhatsApp gets the receipt. */
	decrypted: RepositoryOptions['decrypted']
	/** A message could not be decrypted; Baileys asks its sender for it again. */
	undecryptable(reason: unknown, hash: string): void
	/** The stanza of a message, as it arrives. */
	stanza(node: BinaryNode): Arrival
	/** WhatsApp's server answered to a message. */
	acknowledged(attributes: Record<string, string>): void
	/** WhatsApp tells how the account addresses people. */
	addressForm(form: AddressForm): void
	/** What the devices of the account share has changed, or its keys have come. */
	sharedChanged(): void
	/** A receipt for messages of ours. Resolves when what it says is committed, though perhaps not durable. */
	receipt(node: BinaryNode): Promise<void>
	/** A message was received without Baileys. */
	direct(messageId: string): void
	/** What the listener takes besides messages. */
	notificationNames: readonly (keyof NotificationMap)[]
	/** One of these. */
	notification<Name extends keyof NotificationMap>(name: Name, told: NotificationMap[Name]): void
	/** Something could not be saved: memory is ahead of the disk and must not be used any longer. */
	saveFailed(error: unknown): void
}

export type ConnectionOptions = {
	auth: AuthState
	/** How the account addresses people, if that is known. */
	addressForm: AddressForm | undefined
	/** Whether messages and receipts are received without Baileys, where it has nothing to add. */
	direct: boolean
	/** Whether a webhook asks for the history of the phone. */
	wantsHistory(): boolean
	/** Resolves when every commit so far is durable; undefined if it is now. */
	durable(): Promise<void> | undefined
	/** Whether frames may leave at this moment; undefined where nobody else can have the session. */
	mayLeave?: (() => boolean) | undefined
	network: Network
	/** Whether the account shows that it is online whenever it is connected. */
	staysOnline(): boolean
	/** The version of WhatsApp Web as which it connects. */
	version: ClientVersion
	/** How the phone lists the device; undefined as Baileys does. */
	browser: [string, string, string] | undefined
	devices: CacheStore
	retries: CacheStore
	groups: GroupCache
	/** How long WhatsApp may take to answer a query, in milliseconds. */
	queryTimeoutMs?: number | undefined
	passkeys: PasskeyOptions
	getMessage(key: WAMessageKey): Promise<proto.IMessage | undefined>
}

/** One socket to WhatsApp, from its opening to its end. */
export type Connection = {
	socket: WASocket
	/** Linking with a passkey, once WhatsApp asks for it. */
	ceremony: Ceremony
	/** Ends it; the listener is not called any more. */
	end(): Promise<void>
}

/** Opens a socket and calls the listener with what happens on it. */
export function openConnection(
	options: ConnectionOptions,
	listener: ConnectionListener,
): Connection {
	let listening = true
	const repository = signalRepository({
		store: options.auth.signal,
		lidOf: (phone) => options.auth.otherName(phone, 'phone'),
		async decrypted(message) {
			// Nobody listens for it: its ratchet step must not be kept without it.
			if (!listening) throw new Error('the connection has ended')
			return listener.decrypted?.(message)
		},
		undecryptable: listener.undecryptable,
		failed: listener.saveFailed,
	})
	unrefBaileysTimers()
	const socket = makeWASocket({ ...socketConfig(options), makeSignalRepository: repository })
	endSlowHandshake(socket)
	endRefusedUpgrade(socket)
	stayOnline(socket, options.staysOnline)
	endIdleConnection(socket)
	failUnansweredQueries(socket, options.queryTimeoutMs)
	installWriteBarrier(socket, { settled: options.durable, mayLeave: options.mayLeave })
	const { auth } = options
	const browser = options.browser ?? DEFAULT_CONNECTION_CONFIG.browser
	const tell = <Args extends unknown[], Result>(hear: (...args: Args) => Result) => {
		return (...args: Args) => (listening ? hear(...args) : undefined)
	}
	const stopQrCodes = rotateQrCodes({ socket, auth, browser, show: tell(listener.qr) })
	const ceremony = createCeremony({
		...{ socket, auth, browser, ...options.passkeys },
		begins: stopQrCodes,
		step: tell(listener.passkey),
	})
	socket.ev.on('creds.update', () => {
		auth.save().catch(tell(listener.saveFailed))
	})
	learnAddressForm(socket, auth, options.addressForm, tell(listener.addressForm))
	const receive =
		options.direct &&
		createDirectReceive(socket, {
			otherName: auth.otherName,
			named: (contacts) => listening && listener.notification('contacts.update', contacts),
			received: tell(listener.direct),
		})
	handleMessagesInOrder(socket.ws, {
		comes: (stanza) => (listening ? listener.stanza(stanza) : {}),
		receive: receive || undefined,
		isOver: () => !listening,
	})
	// Baileys reports refusals only, and only some of them.
	socket.ws.on(
		'CB:ack,class:message',
		tell(({ attrs }: BinaryNode) => listener.acknowledged(attrs)),
	)
	forgetChangedDevices(socket.ws, options.devices, auth.otherName)
	const { groups } = options
	socket.ev.on('groups.update', (updates) => groups.forget(updates.map(({ id }) => id)))
	socket.ev.on('groups.upsert', (added) => groups.forget(added.map(({ id }) => id)))
	// Baileys ignores some changes of groups.
	socket.ws.on('CB:notification,type:w:gp2', ({ attrs }: BinaryNode) => {
		groups.forget([attrs.from])
		learnAuthor(socket, auth, attrs).catch(tell(listener.saveFailed))
	})
	socket.ev.on('group-participants.update', ({ id }) => groups.forget([id]))
	socket.ev.on('messages.upsert', ({ messages }) => groups.forget(messages.flatMap(timedGroup)))
	socket.ws.on('CB:notification,type:mex', () => forgetChannels(socket))
	socket.ev.on('blocklist.update', () => forgetBlocklist(socket))
	socket.ev.on('messages.upsert', tell(listener.messages))
	if (options.direct) takeReceipts(socket, tell(listener.receipt))
	else socket.ws.on('CB:receipt', tell(listener.receipt))
	socket.ws.on('CB:notification,type:server_sync', tell(listener.sharedChanged))
	socket.ev.on('creds.update', ({ myAppStateKeyId }) => {
		if (myAppStateKeyId) tell(listener.sharedChanged)()
	})
	for (const name of listener.notificationNames) {
		const emitter = (name.startsWith('CB:') ? socket.ws : socket.ev) as NodeJS.EventEmitter
		emitter.on(
			name,
			tell((told: NotificationMap[typeof name]) => listener.notification(name, told)),
		)
	}
	socket.ws.on('CB:success', tell(listener.accepted))
	socket.ev.on(
		'connection.update',
		tell(({ connection, lastDisconnect }) => {
			if (connection === 'open') listener.opened()
			if (connection !== 'close') return
			// WhatsApp sends the waiting messages again: handled now, they would be read beside the next connection.
			listening = false
			listener.closed(lastDisconnect?.error)
		}),
	)
	// Baileys takes its listeners off at the end, and a late socket error would end the process.
	socket.ws.on('error', () => {})
	return {
		socket,
		ceremony,
		async end() {
			listening = false
			await socket.end(undefined)
		},
	}
}

/** The group whose timer of disappearing messages a message changes: Baileys emits no other event then. */
function timedGroup({ key, message }: WAMessage): string[] {
	const isTimer = message?.protocolMessage?.type === Type.EPHEMERAL_SETTING
	return isTimer && isJidGroup(key.remoteJid ?? '') ? [key.remoteJid!] : []
}

function socketConfig({ auth, network, groups, wantsHistory, ...options }: ConnectionOptions) {
	return {
		...network.socket,
		...(options.browser && { browser: options.browser }),
		version: options.version,
		auth,
		logger: silentLog,
		// The phone stops notifying its owner then.
		markOnlineOnConnect: options.staysOnline(),
		// Sent to WhatsApp once, when the device is linked.
		syncFullHistory: wantsHistory(),
		// Without this, messages of ours would come back as if they had been received.
		emitOwnEvents: false,
		// Refusing every kind of history also loses the phone number ⇄ LID maps that come with it.
		shouldSyncHistoryMessage: ({ syncType }: proto.Message.IHistorySyncNotification) =>
			syncType !== proto.HistorySync.HistorySyncType.FULL || wantsHistory(),
		userDevicesCache: options.devices,
		msgRetryCounterCache: options.retries,
		cachedGroupMetadata: groups.get,
		// Its limit costs a timer and three stack traces at every frame; `endSlowHandshake` does it.
		connectTimeoutMs: 0,
		qrTimeout: BAILEYS_QR_MS,
		keepAliveIntervalMs: KEEPALIVE_MS,
		// A failing disk must stop the session, not block it: Baileys' standard is 10 tries in 30 s.
		transactionOpts: { maxCommitRetries: 3, delayBetweenTriesMs: 200 },
		// undefined, not an empty message: that would be sent, and use up the only retry.
		getMessage: options.getMessage,
	}
}
