import type { WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { Happening } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/driver.ts'
import { authDocument, openAuthState } from './auth-state.ts'
import { createCache } from './cache.ts'
import type { Gate } from './gate.ts'
import { createOnce } from './idempotency.ts'
import { identityOf, toJid, toPhone } from './identity.ts'
import { createLifecycle } from './lifecycle.ts'
import { createMessageLog, type MessageRecord } from './message-log.ts'
import type { Network } from './network.ts'
import { happeningsOf, noteProgress } from './receive.ts'
import { sendOver, type SendRequest, type SendResult } from './send.ts'
import { viewOf, type SessionRecord, type SessionView } from './session-record.ts'

// Long enough for WhatsApp to answer, short enough for a person who looks at a spinner.
const QR_WAIT_MS = 20_000
const OPEN_WAIT_MS = 10_000

export type SessionOptions = {
	/** Read afresh each time: saving replaces it. */
	record(): SessionRecord
	save(change: Partial<SessionRecord>): Promise<void>
	tell(happening: Happening): void
	storage: Storage
	network: Network
	gate: Gate
	log: Log
	sendTimeoutMs: number
}

export type Qr = { qr: string; expires_at: string; status: SessionView['status'] }

/** One linked device. */
export type Session = ReturnType<typeof createSession>

export function createSession({ record, save, tell, storage, ...options }: SessionOptions) {
	const { id, secret, status, last_disconnect: lastDisconnect } = record()
	const { log } = options
	const messages = createMessageLog()
	const once = createOnce<SendResult>(secret)
	const lifecycle = createLifecycle({
		...options,
		initial: { status, lastDisconnect },
		messages,
		devices: createCache(),
		retries: createCache(),
		openAuth: () => openAuthState(storage, id),
		dropAuth: () => storage.setAside(authDocument(id), 'unlinked'),
		tell: hear,
		listener: {
			messages: (upsert) => happeningsOf(upsert, { me: whoAmI, otherName, messages }).forEach(tell),
			updates: (updates) => noteProgress(updates, messages),
		},
	})

	function me() {
		return record().me
	}

	function otherName(user: string, kind: 'phone' | 'lid') {
		return lifecycle.otherName(user, kind)
	}

	function hear(happening: Happening) {
		if (happening.type === 'session.status') {
			const { status, last_disconnect } = happening.data
			const known =
				status === 'open' ? { me: whoAmI() } : status === 'logged_out' ? { me: null } : {}
			keep({ status, last_disconnect, ...known })
		}
		tell(happening)
	}

	function keep(change: Partial<SessionRecord>) {
		save(change).catch((err) => log.error({ err }, 'session not saved'))
	}

	function whoAmI(): Identity | null {
		const user = lifecycle.socket?.user
		return user ? identityOf(user.id, otherName, { alt: user.lid, name: user.name }) : me()
	}

	async function socketOnceOpen(): Promise<WASocket> {
		const { state } = lifecycle
		if (state.status === 'connecting') {
			await lifecycle.until(() => state.status !== 'connecting', OPEN_WAIT_MS)
		}
		if (state.status !== 'open' || !lifecycle.socket) throw notOpen()
		return lifecycle.socket
	}

	async function begin() {
		if (!record().wanted) await save({ wanted: true })
		await lifecycle.connect()
	}

	/** A QR that can be scanned now; starts linking if that is not under way. */
	async function qr(waitMs = QR_WAIT_MS): Promise<Qr> {
		const { state } = lifecycle
		refuseLinked()
		await begin()
		await lifecycle.until(() => state.qr !== undefined || state.status !== 'linking', waitMs)
		refuseLinked()
		if (!state.qr) throw noQr()
		const { text, expiresAt } = state.qr
		return { qr: text, expires_at: expiresAt.toISOString(), status: state.status }
	}

	function refuseLinked() {
		if (!me() && lifecycle.state.status !== 'open') return
		throw new GatewayError(
			'session_already_linked',
			`Session ${id} is linked already. To link another account, log it out first: POST /api/v1/sessions/${id}/logout`,
		)
	}

	function noQr() {
		const advice = `WhatsApp showed no QR for session ${id} yet. Check that the gateway reaches WhatsApp, and ask again.`
		return new GatewayError('session_not_open', advice, { retryAfter: 5 })
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
		view: () => ({ ...viewOf(record()), last_disconnect: lifecycle.state.lastDisconnect }),
		qr,
		connect: begin,
		/** Connects at the start of the gateway, unless somebody or WhatsApp said to stay away. */
		async resume() {
			const { wanted, status } = record()
			const stays = ['logged_out', 'replaced', 'blocked'].includes(status)
			if (wanted && !stays) await lifecycle.connect()
		},
		async disconnect() {
			await save({ wanted: false })
			await lifecycle.callOff()
			lifecycle.become(me() ? 'closed' : 'created')
		},
		/** A code to type into WhatsApp on the phone with this number, instead of scanning. */
		async pair(phoneNumber: string): Promise<{ code: string }> {
			const digits = toPhone(phoneNumber, 'phone_number')
			await qr()
			const code = await lifecycle.socket!.requestPairingCode(digits)
			return { code: `${code.slice(0, 4)}-${code.slice(4)}` }
		},
		/** Unlinks the device at WhatsApp; linking again needs a new QR. */
		async logout() {
			const socket = await socketOnceOpen()
			await socket.logout()
			await lifecycle.until(() => lifecycle.state.status !== 'open', OPEN_WAIT_MS)
		},
		/** Sends, once per idempotency key. Resolves when WhatsApp answered or the time is up. */
		send(request: SendRequest, idempotencyKey?: string): Promise<SendResult> {
			toJid(request.to)
			return once(idempotencyKey, request, async (messageId) => {
				const socket = await socketOnceOpen()
				const isKnown = (phone: string) => otherName(phone, 'phone') !== undefined
				const outgoing = { socket, log: messages, isKnown, timeoutMs: options.sendTimeoutMs }
				const result = await sendOver(outgoing, { ...request, messageId })
				log.info({ messageId: result.message_id, status: result.status }, 'message sent')
				return result
			})
		},
		message(messageId: string): MessageRecord {
			const found = messages.get(messageId)
			if (found) return found
			const advice = `Session ${id} knows no message ${messageId}. It keeps the latest 5000.`
			throw new GatewayError('message_not_found', advice)
		},
		/** Ends the connection; what is durable stays. */
		stop: lifecycle.stop,
	}
}
