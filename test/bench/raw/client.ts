import { Agent } from 'node:https'
import { setImmediate as yieldToSockets } from 'node:timers/promises'
import {
	generateMessageIDV2,
	makeWASocket,
	WA_CERT_DETAILS,
	type AnyMessageContent,
	type BinaryNode,
	type CacheStore,
	type GroupMetadata,
} from '@whiskeysockets/baileys'
import { pino } from 'pino'
import type { Sent, SendWork } from '../contenders/contender.ts'
import { makeFile, mimetypes, numbered } from '../measure/files.ts'
import { inParallel } from '../measure/parallel.ts'
import { ageOf, textNumber } from '../measure/texts.ts'
import { MemoryAuth } from './auth.ts'

const silent = pino({ level: 'silent' })
const RESTART_REQUIRED = 515
const jidOf = (to: string) => (to.includes('@') ? to : `${to}@s.whatsapp.net`)

export type Server = { wsUrl: string; noiseRoot: string; mediaCa: string }

/** One linked device of Baileys as it comes, given the caches that its authors advise, and nothing else. */
export class RawClient {
	readonly auth: MemoryAuth
	readonly #server: Server
	/** Keeps its connections, as Node's own agent does. */
	readonly #uploads: Agent
	readonly #groups = new Map<string, GroupMetadata>()
	readonly #devices = memoryCache()
	readonly #acknowledged = new Map<string, (error?: string) => void>()
	#socket!: ReturnType<typeof makeWASocket>
	/** Ages of the dated texts that arrived. */
	heard: number[] = []
	onHeard = () => {}

	constructor(server: Server, kept?: string) {
		this.#server = server
		this.#uploads = new Agent({ ca: server.mediaCa, keepAlive: true })
		this.auth = new MemoryAuth(kept)
		WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(server.noiseRoot, 'hex')
	}

	/** Connects, and again when the server asks for it after linking. */
	open(onQr: (qr: string) => void = () => {}): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#socket = makeWASocket({
				waWebSocketUrl: this.#server.wsUrl,
				fetchAgent: this.#uploads,
				logger: silent as never,
				auth: this.auth,
				userDevicesCache: this.#devices,
				cachedGroupMetadata: async (jid) => this.#groups.get(jid),
				markOnlineOnConnect: false,
				syncFullHistory: false,
			})
			this.#listen()
			this.#socket.ev.on('connection.update', ({ connection, qr, lastDisconnect }) => {
				if (qr) onQr(qr)
				if (connection === 'open') resolve()
				if (connection !== 'close') return
				const cause = lastDisconnect?.error as { output?: { statusCode: number } } & Error
				if (cause?.output?.statusCode === RESTART_REQUIRED) this.open().then(resolve, reject)
				else reject(cause)
			})
		})
	}

	/** Sends as fast as Baileys goes; acknowledgements are noted whenever they come. */
	async send(work: SendWork): Promise<Sent> {
		const { to, count, parallel, limitMs } = work
		const chats = to.map(jidOf)
		const contentOf = await contents(work)
		for (const chat of chats.filter((jid) => jid.endsWith('@g.us') && !this.#groups.has(jid)))
			this.#groups.set(chat, await this.#socket.groupMetadata(chat))
		const latencies: number[] = []
		const outstanding: Promise<void>[] = []
		const start = performance.now()
		const sendOne = async (index: number) => {
			const content = contentOf(index)
			const asked = performance.now()
			const messageId = generateMessageIDV2(this.#socket.user?.id)
			const noted = this.#acknowledgementOf(messageId)
			outstanding.push(noted.then(() => void latencies.push(performance.now() - asked)))
			await this.#socket.sendMessage(chats[index % chats.length]!, content, { messageId })
			// Otherwise a store in memory starves the socket: no acknowledgement is seen before the end.
			await yieldToSockets()
		}
		await inParallel(count, parallel, sendOne, limitMs)
		await Promise.all(outstanding)
		return { latencies, seconds: (performance.now() - start) / 1000 }
	}

	async end(): Promise<void> {
		await this.#socket.end(undefined)
	}

	#acknowledgementOf(id: string): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#acknowledged.set(id, (error) =>
				error ? reject(new Error(`WhatsApp refused message ${id} with ${error}`)) : resolve(),
			)
		})
	}

	#listen(): void {
		this.#socket.ev.on('creds.update', (update) => Object.assign(this.auth.creds, update))
		this.#socket.ev.on('messages.upsert', ({ messages }) => {
			for (const { message } of messages) {
				const age = ageOf(message?.conversation ?? message?.extendedTextMessage?.text)
				if (age !== undefined) this.heard.push(age)
			}
			this.onHeard()
		})
		this.#socket.ws.on('CB:ack,class:message', ({ attrs: { id = '', error } }: BinaryNode) => {
			this.#acknowledged.get(id)?.(error)
			this.#acknowledged.delete(id)
		})
		// Baileys takes its listeners off at the end, and a late socket error would end the process.
		this.#socket.ws.on('error', () => {})
	}
}

/** What the message with this number says. */
async function contents({ file }: SendWork): Promise<(index: number) => AnyMessageContent> {
	if (!file) return (index) => ({ text: textNumber(index), linkPreview: null })
	const bytes = await makeFile(file)
	const mimetype = mimetypes[file.kind]
	return (index) => {
		const data = numbered(bytes, index)
		return file.kind === 'image'
			? { image: data, mimetype }
			: { document: data, mimetype, fileName: 'file.bin' }
	}
}

/** Without one that lasts, Baileys asks for everybody's devices again after five minutes. */
function memoryCache(): CacheStore {
	const items = new Map<string, unknown>()
	return {
		get: <T>(key: string) => items.get(key) as T | undefined,
		set: (key, value) => void items.set(key, value),
		del: (key) => void items.delete(key),
		flushAll: () => items.clear(),
	}
}
