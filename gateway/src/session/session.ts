import { isJidGroup, isJidStatusBroadcast, type WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { GatewayEvent, Happening } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import type { RawMessage } from '../events/raw-message.ts'
import { ulid } from '../lib/ulid.ts'
import type { Log } from '../log.ts'
import type { MediaDesk, MediaLibrary } from '../media/index.ts'
import type { Storage } from '../storage/driver.ts'
import { answered } from './whatsapp-errors.ts'
import type { Asked } from './subscriptions.ts'
import { createCache } from './connection/cache-store.ts'
import { createDirectory } from './actions/directory.ts'
import { createFiles } from './media/message-files.ts'
import type { Gate } from '../lib/semaphore.ts'
import { createGroupCache } from './group-cache.ts'
import { identityOf } from './identity.ts'
import { createIncoming } from './receive/ciphertexts.ts'
import { createLifecycle } from './lifecycle.ts'
import { createLinking } from './linking.ts'
import type { MediaLinks } from './media/signed-links.ts'
import type { MessageRecord, Stage } from './state/messages.ts'
import type { Network } from './connection/network.ts'
import { createOutbox } from './send/outbox.ts'
import { rawOfKept } from './receive/raw-message.ts'
import { createReception } from './receive/receiver.ts'
import { relayWith } from './send/relay.ts'
import { createSending } from './send/send.ts'
import type { Memory } from './send/message-references.ts'
import { openSessionState, type SessionState } from './state/index.ts'
import { viewOf, type SessionRecord, type SessionView } from './session-record.ts'

// Long enough for WhatsApp to answer, short enough for a person who looks at a spinner.
const OPEN_WAIT_MS = 10_000

export type SessionOptions = {
	/** Read afresh each time: saving replaces it. */
	record(): SessionRecord
	save(change: Partial<SessionRecord>): Promise<void>
	/** Tells the world of an event that is durable. */
	publish(event: GatewayEvent): void
	storage: Storage
	network: Network
	gate: Gate
	desk: MediaDesk
	library: MediaLibrary
	mediaLinks: MediaLinks
	log: Log
	sendTimeoutMs: number
	/** What somebody wants to be told of this session besides what all are told. */
	asked(session: string): Asked
	/** How long an undecryptable message is waited for, if not a minute. */
	patienceMs?: number | undefined
}

/** Who of many got a message, and when, ISO 8601. */
export type ReceiptView = { by: Identity } & Partial<Record<Stage, string>>

/** What a session keeps for those who are told of its events. */
export type Journal = Pick<SessionState, 'events' | 'positions' | 'commit'> & {
	/** The number of the newest event that is durable. */
	newest(): Promise<number>
}

/** One linked device. */
export type Session = ReturnType<typeof createSession>

export function createSession({ record, save, publish, storage, ...options }: SessionOptions) {
	const { id, secret, last_disconnect: lastDisconnect } = record()
	const { log } = options
	let opened: Promise<SessionState> | undefined
	let current: SessionState | undefined
	let closing: Promise<void> = Promise.resolve()
	let ended = false
	let held = false
	let telling: Promise<unknown> = Promise.resolve()

	const groups = createGroupCache(() => lifecycle.socket)
	const lifecycle = createLifecycle({
		...options,
		initial: { status: unconnected(record()), lastDisconnect },
		retries: createCache(),
		groups,
		wantsHistory: () => options.asked(id).history,
		openState: state,
		closeState,
		async renewState() {
			await (await state()).renew()
			await closeState()
		},
		tell: hear,
		connects: () => incoming.startAnew(),
		opened: () => void outbox.resume().catch(lifecycle.failStop),
		listener: {
			stanza: (node) => incoming.note(node),
			decrypted: (decrypted) => incoming.received(decrypted),
			unreadable(reason, hash) {
				const message = incoming.unreadable(hash)
				if (message) reception.unreadable(message, reason)
				log.warn({ reason: String(reason) }, 'message not decrypted')
			},
			acknowledged: (attributes) => void outbox.acknowledged(attributes).catch(lifecycle.failStop),
			messages: ({ messages }) => reception.messages(messages),
			receipt: (node) => reception.receipt(node),
			told: (name, told) => reception.told(name, told),
		},
	})
	const outbox = createOutbox({
		state,
		socket: openSocket,
		relay: relayWith(otherName),
		timeoutMs: options.sendTimeoutMs,
		log,
		who: (jid) => identityOf(jid, otherName),
		publish,
		failed: lifecycle.failStop,
	})
	const reception = createReception({
		state,
		current: () => current,
		me: whoAmI,
		otherName,
		mediaUrl: (messageId) => options.mediaLinks.urlOf(id, messageId),
		asked: () => options.asked(id),
		publish(event) {
			publish(event)
			void files.fetchAhead(event)
		},
		failed: lifecycle.failStop,
		patienceMs: options.patienceMs,
	})
	const files = createFiles({
		...options,
		session: id,
		state,
		socket: openSocket,
		socketOnceOpen,
		message,
	})
	const directory = createDirectory({ state, socket: openSocket, socketOnceOpen, otherName })
	const send = createSending({
		...options,
		secret,
		state,
		atHand,
		outbox,
		effects: reception.effects,
	})
	const linking = createLinking({
		id,
		lifecycle,
		isLinked: () => !!me() || lifecycle.state.status === 'open',
		begin,
		tell: hear,
		socketOnceOpen,
	})
	const incoming = createIncoming(() => lifecycle.socket?.user, reception.understand)

	/** What the session must not forget; read from disk when it is first needed. */
	function state(): Promise<SessionState> {
		if (ended) return Promise.reject(hasEnded(id))
		// What is still being written to it must be there before it is read.
		opened ??= closing
			.then(() => openSessionState(storage, id))
			.then(
				(ready) => {
					ready.auth.onPhone(reception.learnt)
					reception.opened(ready)
					return (current = ready)
				},
				(error) => {
					opened = undefined
					throw error
				},
			)
		return opened
	}

	function closeState(): Promise<void> {
		const closes = opened
			?.then((ready) => ready.close())
			.catch((err) => log.error({ err }, 'state not closed'))
		opened = current = undefined
		return (closing = closes ?? closing)
	}

	function openSocket() {
		return lifecycle.state.status === 'open' ? lifecycle.socket : undefined
	}

	function me() {
		return record().me
	}

	function otherName(user: string, kind: 'phone' | 'lid') {
		return current?.auth.otherName(user, kind)
	}

	function hear(happening: Happening) {
		if (happening.type === 'session.status') {
			const { status, last_disconnect } = happening.data
			const known =
				status === 'open' ? { me: whoAmI() } : status === 'logged_out' ? { me: null } : {}
			keep({ status, last_disconnect, ...known })
		}
		telling = telling
			.then(async () => publish(await (await state()).record(happening)))
			.catch(() => publish(unnumbered(happening, id)))
	}

	function keep(change: Partial<SessionRecord>) {
		save(change).catch((err) => log.error({ err }, 'session not saved'))
	}

	function whoAmI(): Identity | null {
		const user = lifecycle.socket?.user
		return user ? identityOf(user.id, otherName, { alt: user.lid, name: user.name }) : me()
	}

	async function message(messageId: string): Promise<MessageRecord> {
		const found = await (await state()).messages.get(messageId)
		if (found) return found
		const advice = `Session ${id} knows no message ${messageId}. Messages are kept for 8 days.`
		throw new GatewayError('message_not_found', advice)
	}

	async function socketOnceOpen(): Promise<WASocket> {
		const { state } = lifecycle
		if (state.status === 'connecting') {
			await lifecycle.until(() => state.status !== 'connecting', OPEN_WAIT_MS)
		}
		if (state.status !== 'open' || !lifecycle.socket) throw notOpen()
		return lifecycle.socket
	}

	/** What is needed to do something on WhatsApp. */
	async function atHand(): Promise<Memory> {
		const socket = await socketOnceOpen()
		const { messages } = await state()
		return { socket, messages, groups, otherName }
	}

	async function begin() {
		if (!record().wanted) await save({ wanted: true })
		if (!held) await lifecycle.connect()
	}

	/** Connects at the start of the gateway, unless somebody or WhatsApp said to stay away. */
	async function resume() {
		const { wanted, status } = record()
		const stays = ['logged_out', 'replaced', 'blocked'].includes(status)
		if (wanted && !stays && !held) await lifecycle.connect()
	}

	function notOpen() {
		const { status, lastDisconnect } = lifecycle.state
		const advice = lastDisconnect?.advice ? ` ${lastDisconnect.advice}` : ''
		const next = me()
			? status === 'connecting'
				? 'It is being connected: try again in some seconds.'
				: `Connect it: POST /api/v1/sessions/${id}/connect`
			: `Scan its QR with WhatsApp on the phone (Linked devices): GET /api/v1/sessions/${id}/qr?format=png`
		return new GatewayError('session_not_open', `Session ${id} is ${status}.${advice} ${next}`, {
			retryAfter: 5,
		})
	}

	return {
		id,
		view(): SessionView {
			const { status, lastDisconnect } = lifecycle.state
			return { ...viewOf(record()), status, last_disconnect: lastDisconnect }
		},
		...linking,
		connect: begin,
		resume,
		async disconnect() {
			await save({ wanted: false })
			await lifecycle.callOff()
			lifecycle.become(me() ? 'closed' : 'created')
		},
		send,
		/** Does something that WhatsApp answers at once, and of which nothing is kept. */
		async withSocket<T>(act: (memory: Memory) => Promise<T>): Promise<T> {
			const memory = await atHand()
			return answered(() => act(memory))
		},
		message,
		/** With how far it got with each of those to whom it went, if they are many. */
		async timeline(messageId: string): Promise<MessageRecord & { receipts?: ReceiptView[] }> {
			const found = await message(messageId)
			if (!isJidGroup(found.to) && !isJidStatusBroadcast(found.to)) return found
			const readers = await (await state()).messages.readersOf(messageId)
			const receipts = readers.map(({ by, times }) => ({ by, ...times }))
			return { ...found, receipts }
		},
		/** As WhatsApp has it, as far as it is kept. */
		async raw(messageId: string): Promise<RawMessage> {
			const found = await message(messageId)
			const kept = await (await state()).messages.content(messageId)
			return rawOfKept(found, kept!)
		},
		files,
		directory,
		/** What has happened after an event's number, in order. Nothing that a crash could take back. */
		async events(after: number, limit: number): Promise<GatewayEvent[]> {
			const ready = await state()
			return ready.events.after(after, limit, await newestDurable(ready))
		},
		/** The events and how far their readers have got, for who brings them to others. */
		async journal(): Promise<Journal> {
			const ready = await state()
			const { events, positions, commit } = ready
			return { events, positions, commit, newest: () => newestDurable(ready) }
		},
		/** Takes nothing more from WhatsApp, which keeps it meanwhile, until `release`. */
		async hold(reason: string, advice: string) {
			held = true
			if (!['open', 'connecting'].includes(lifecycle.state.status)) return
			await lifecycle.callOff()
			lifecycle.become('closed', { code: 503, reason, advice, at: new Date().toISOString() })
		},
		async release() {
			if (!held) return
			held = false
			await resume()
		},
		/** Forgets what is too old to be of use; of the events none from `neededEvent` on. */
		prune: async (neededEvent?: number) => (await state()).prune(neededEvent),
		/** Ends the connection for good; what is durable stays. */
		async stop() {
			await lifecycle.stop()
			await Promise.all([telling, reception.close()])
			ended = true
			await closeState()
		},
	}
}

// What was connected when the last process ended is not any more.
function unconnected({ status, me }: SessionRecord) {
	const isOver = ['open', 'connecting', 'linking'].includes(status)
	return isOver ? (me ? 'closed' : 'created') : status
}

// Commits become durable in the order of the calls: with the last of now, all that has a number now.
async function newestDurable({ events, settled }: SessionState): Promise<number> {
	const newest = events.last()
	await settled()
	return newest
}

function hasEnded(id: string) {
	const advice = `Session ${id} is being removed, or the gateway stops.`
	return new GatewayError('session_not_open', advice, { retryAfter: 1 })
}

/** An event of a session whose files cannot be written: nobody can ask for it later. */
function unnumbered(happening: Happening, session: string): GatewayEvent {
	return { id: `evt_${ulid()}`, ...happening, timestamp: new Date().toISOString(), session, seq: 0 }
}
