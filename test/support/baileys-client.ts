import { once, EventEmitter } from 'node:events'
import {
	initAuthCreds,
	makeWASocket,
	WA_CERT_DETAILS,
	type AuthenticationState,
	type BaileysEventMap,
	type UserFacingSocketConfig,
	type WAMessage,
} from '@whiskeysockets/baileys'
import { pino } from 'pino'
import { unrefBaileysTimers } from '../../gateway/src/session/connection/unref-timers.ts'
import type { Phone } from '../../gateway/src/sandbox/index.ts'
import type { Sandbox } from '../../gateway/src/sandbox/sandbox.ts'

/** libsignal prints whole sessions, private keys included, to the console. */
for (const level of ['info', 'warn', 'error'] as const) console[level] = () => undefined

// Baileys itself is unmodified; a process that used it would live on for a minute.
unrefBaileysTimers()

/** Keys in memory, as plain Baileys knows them. */
function memoryAuth(): AuthenticationState {
	const store = new Map<string, unknown>()
	return {
		creds: initAuthCreds(),
		keys: {
			get: async (type, ids) =>
				Object.fromEntries(
					ids
						.filter((id) => store.has(`${type} ${id}`))
						.map((id) => [id, store.get(`${type} ${id}`)]),
				) as never,
			set: async (data) => {
				for (const [type, entries] of Object.entries(data))
					for (const [id, value] of Object.entries(entries))
						if (value === null) store.delete(`${type} ${id}`)
						else store.set(`${type} ${id}`, value)
			},
		},
	}
}

type Update = BaileysEventMap['connection.update']

/** Unmodified Baileys, linked to nothing of ours but by its own configuration. */
export class BaileysClient {
	readonly auth: AuthenticationState
	readonly messages: WAMessage[] = []
	readonly updates: BaileysEventMap['messages.update'] = []
	readonly events = new EventEmitter().setMaxListeners(0)
	socket!: ReturnType<typeof makeWASocket>
	readonly #sandbox: Sandbox
	readonly #config: Partial<UserFacingSocketConfig>
	readonly #sent = new Map<string, WAMessage['message']>()

	/** @param config what of Baileys' own options a test wants otherwise */
	constructor(sandbox: Sandbox, config: Partial<UserFacingSocketConfig> = {}) {
		this.auth = config.auth ?? memoryAuth()
		this.#sandbox = sandbox
		this.#config = config
		WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(sandbox.noiseRoot, 'hex')
	}

	/** Connects, and connects again when the server asks for it after pairing (515). */
	connect(): this {
		this.socket = makeWASocket({
			waWebSocketUrl: this.#sandbox.wsUrl,
			logger: pino({ level: process.env.BAILEYS_LOG ?? 'silent' }) as never,
			getMessage: async ({ id }) => this.#sent.get(id ?? '') ?? undefined,
			...this.#config,
			auth: this.auth,
		})
		this.socket.ev.on('creds.update', (update) => Object.assign(this.auth.creds, update))
		this.socket.ev.on('messages.upsert', ({ messages }) => {
			this.messages.push(...messages)
			this.events.emit('message')
		})
		this.socket.ev.on('messages.update', (updates) => {
			this.updates.push(...updates)
			this.events.emit('update')
		})
		this.socket.ev.on('connection.update', (update) => {
			this.events.emit('connection', update)
			const code = (update.lastDisconnect?.error as { output?: { statusCode: number } })?.output
			if (update.connection === 'close' && code?.statusCode === 515) this.connect()
		})
		return this
	}

	until(fits: (update: Update) => boolean): Promise<Update> {
		return new Promise((resolve) => {
			const look = (update: Update) => {
				if (!fits(update)) return
				this.events.off('connection', look)
				resolve(update)
			}
			this.events.on('connection', look)
		})
	}

	async qr(): Promise<string> {
		return (await this.until(({ qr }) => Boolean(qr))).qr!
	}

	async isOpen(): Promise<void> {
		await this.until(({ connection }) => connection === 'open')
	}

	/** Connects, and lets a phone scan the QR. Resolves when the connection is open. */
	async link(phone: Phone): Promise<this> {
		const qr = await this.connect().qr()
		const open = this.isOpen()
		phone.scans(qr)
		await open
		return this
	}

	async says(to: string, text: string): Promise<string> {
		const sent = await this.socket.sendMessage(to, { text })
		this.#sent.set(sent!.key.id!, sent!.message)
		return sent!.key.id!
	}

	async receives(text: string): Promise<WAMessage> {
		for (;;) {
			const found = this.messages.find(
				({ message }) => (message?.conversation ?? message?.extendedTextMessage?.text) === text,
			)
			if (found) return found
			await once(this.events, 'message')
		}
	}

	/** The highest status of a message; Baileys tells it as an update or in the message itself. */
	statusOf(id: string): number {
		const told = this.updates.filter(({ key }) => key.id === id).map(({ update }) => update.status)
		const stored = this.messages.filter(({ key }) => key.id === id).map(({ status }) => status)
		return Math.max(0, ...[...told, ...stored].map((status) => status ?? 0))
	}

	async end(): Promise<void> {
		this.socket.end(undefined)
	}
}
