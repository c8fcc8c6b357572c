import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { proto } from '@whiskeysockets/baileys'
import { sealMedia } from '../wire/media-cipher.ts'
import { FileStore, type Digest } from '../wire/file-store.ts'
import { node, type BinaryNode } from '../wire/node.ts'
import type { ActiveFault } from './active-fault.ts'
import { Limited } from './limited.ts'
import { now } from './stanza.ts'

const AUTH_SECONDS = 3600
const UPLOAD = /^\/(mms|product|pps|newsletter)\/[\w-]+\/([\w-]+)(?:=|%3D)*$/
const PICTURE = /^\/v\/t61\.24694-24\/([\w-]+)\.jpg$/
const SNAPSHOT = /^\/v\/app-state\/(\d+)\/(\w+)\/(\d+)$/
const HISTORY = /^\/v\/history\/[0-9a-f]+$/
/** The newest histories that it keeps: devices get them right after they were linked. */
const MOST_HISTORIES = 100
const STORED = /^\/v\/t62\.7118-24\/((\d+)_[0-9a-f]+)\.(?:enc|jpg)$/
/** Where files come that everybody may see. */
const PLAIN = ['product', 'pps']

/** What an upload's URL says. */
type Upload = { kind: string; token: string; auth: string }

/** A refusal of a request. */
class Refusal extends Error {
	readonly status: number
	constructor(status: number, message: string) {
		super(message)
		this.status = status
	}
}

/** Takes and gives encrypted files, as WhatsApp's media hosts do; it knows no keys. */
export class MediaHost {
	/** `name:port`, as clients get it; set when it listens. */
	hostname = ''
	/** Finds a profile picture by its id; those are not encrypted. */
	pictureOf: (id: string) => Uint8Array | undefined = () => undefined
	/** Makes the snapshot of an account's app state at a version. */
	snapshotAt: (account: string, collection: string, version: number) => Uint8Array | undefined =
		() => undefined
	/** PEM of the authority that its certificate is from. */
	readonly ca: string
	/** Where it keeps its files, and phones keep theirs. */
	readonly directory: string
	/** Their names begin with the number of the account that uploaded them. */
	readonly #files: FileStore
	readonly #secret = randomBytes(32)
	/** The names of lost files and the status for them, by the account that uploaded them. They are kept: a fault can end. */
	readonly #lost = new Map<string, { status: number; names: Set<string> }>()
	/** Encrypted, by their paths. */
	readonly #histories = new Map<string, Buffer>()
	/** The statuses for the next uploads, by their account. */
	readonly #refusedUploads = new Limited<string, number>()

	constructor(directory: string, ca: string) {
		this.directory = directory
		this.ca = ca
		this.#files = new FileStore(join(directory, 'host'))
	}

	/** `<media_conn>`: where an account's devices upload files, and their authorization. */
	connection(account: string): BinaryNode {
		const host = node('host', { hostname: this.hostname, type: 'primary' })
		const times = { ttl: AUTH_SECONDS, auth_ttl: AUTH_SECONDS }
		return node('media_conn', { auth: this.#authOf(account), ...times }, [host])
	}

	/** Where a device gets a snapshot of app state, and the key to it. */
	snapshotReference(account: string, collection: string, version: number): Uint8Array {
		const directPath = `/v/app-state/${account}/${collection}/${version}`
		const reference = proto.ExternalBlobReference.create({
			directPath,
			mediaKey: this.#keyOf(directPath),
		})
		return proto.ExternalBlobReference.encode(reference).finish()
	}

	/** Keeps what a phone has written down for a new device; it is encrypted already. */
	keepHistory(encrypted: Buffer): string {
		const directPath = `/v/history/${randomBytes(16).toString('hex')}`
		this.#histories.set(directPath, encrypted)
		const [oldest] = this.#histories.keys()
		if (this.#histories.size > MOST_HISTORIES) this.#histories.delete(oldest!)
		return directPath
	}

	pictureUrl(id: string): string {
		return `https://${this.hostname}/v/t61.24694-24/${id}.jpg`
	}

	/** The URL under which people see a picture that an account has uploaded without encryption; undefined for others. */
	publicUrl(account: string, url: string): string | undefined {
		const { pathname, search } = new URL(url)
		const [, , by] = STORED.exec(pathname) ?? []
		const isTheirs = by === account && pathname.endsWith('.jpg')
		return isTheirs ? `https://${this.hostname}${pathname}${search}` : undefined
	}

	/** Loses all files that an account has uploaded so far; requests for them get this status. */
	async loses(account: string, status: 404 | 410 = 404): Promise<void> {
		const names = await this.#files.names()
		const own = names.filter((name) => name.startsWith(`${account}_`))
		this.#lost.set(account, { status, names: new Set(own) })
	}

	/** Refuses the next uploads: those of one account, or all. */
	refuseUploads(account: string | undefined, status: number, times = 1): void {
		const isMeant = (by: string) => account === undefined || by === account
		const told = { type: 'refuse_uploads', account, code: status }
		this.#refusedUploads.add(isMeant, status, times, told)
	}

	/** The files that are lost, and the uploads that will be refused. */
	faults(): ActiveFault[] {
		const lost = [...this.#lost].map(([account, { status }]) => ({
			...{ type: 'lose_media', account, code: status },
		}))
		return [...lost, ...this.#refusedUploads.list()]
	}

	endFaults(isMeant: (fault: ActiveFault) => boolean): void {
		for (const { type, account = '' } of this.faults().filter(isMeant))
			if (type === 'lose_media') this.#lost.delete(account)
		this.#refusedUploads.end(isMeant)
	}

	readonly serve: RequestListener = (request, response) => {
		this.#answer(request, response).catch((error: Error) => {
			// A client that has gone away needs no answer.
			if (response.headersSent || request.socket.destroyed) return response.destroy()
			const status = error instanceof Refusal ? error.status : 500
			return answer(response, status, { error: error.message })
		})
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'https://host')
		const [, kind = '', token] = UPLOAD.exec(pathname) ?? []
		const [, name, account] = STORED.exec(pathname) ?? []
		if (request.method === 'POST' && token)
			return answer(
				response,
				200,
				await this.#take(request, { kind, token, auth: searchParams.get('auth') ?? '' }),
			)
		if (request.method === 'GET' && name && account)
			return this.#give(response, name, account, request.headers.range)
		const [, owner = '', collection = '', version] = SNAPSHOT.exec(pathname) ?? []
		const snapshot = this.snapshotAt(owner, collection, Number(version))
		if (snapshot) {
			const sealed = sealMedia([snapshot], this.#keyOf(pathname), 'App State')
			response.writeHead(200, { 'content-type': 'application/octet-stream' })
			return pipeline(sealed, response)
		}
		const history = HISTORY.test(pathname) && this.#histories.get(pathname)
		if (history) {
			response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(history)
			return
		}
		const picture = this.pictureOf(PICTURE.exec(pathname)?.[1] ?? '')
		if (!picture) throw new Refusal(404, 'there is nothing here')
		response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)
	}

	async #take(request: IncomingMessage, { kind, token, auth }: Upload) {
		const [account = ''] = auth.split('.')
		if (auth !== this.#authOf(account)) throw new Refusal(401, 'this auth is not one of ours')
		const refusal = this.#refusedUploads.take(account)
		if (refusal !== undefined) throw new Refusal(refusal, 'uploads are refused')
		const name = `${account}_${randomBytes(16).toString('hex')}`
		await this.#files.keep(request, ({ sha256 }: Digest) => {
			if (sha256.toString('base64url') === token) return name
			throw new Refusal(400, 'the token is not the SHA-256 of what came')
		})
		// Real paths are signed: a client must keep their queries.
		const ending = PLAIN.includes(kind) ? 'jpg' : 'enc'
		const directPath = `/v/t62.7118-24/${name}.${ending}?ccb=11-4&oh=${randomBytes(8).toString('hex')}`
		const url = `https://${this.hostname}${directPath}&mms3=true`
		const stored = { url, direct_path: directPath, handle: name, object_id: name }
		return kind === 'pps' ? { ...stored, ...this.#coverOf(account) } : stored
	}

	/** What shows that a file was uploaded as a cover photo. */
	#coverOf(account: string) {
		const fbid = String(randomBytes(6).readUIntBE(0, 6))
		const ts = now()
		return { fbid, meta_hmac: this.coverToken(account, fbid, String(ts)), ts }
	}

	/** The proof that an account has uploaded a cover photo. */
	coverToken(account: string, id: string, ts: string): string {
		return createHmac('sha256', this.#secret).update(`${account} ${id} ${ts}`).digest('base64url')
	}

	async #give(
		response: ServerResponse,
		name: string,
		account: string,
		asked: string | undefined,
	): Promise<void> {
		const lost = this.#lost.get(account)
		if (lost?.names.has(name)) throw new Refusal(lost.status, 'the file is gone')
		const size = await this.#files.size(name)
		if (size === undefined) throw new Refusal(404, 'there is no such file')
		const range = rangeOf(asked, size)
		const { start, end } = range ?? { start: 0, end: size - 1 }
		response.writeHead(range ? 206 : 200, {
			'content-type': 'application/octet-stream',
			'content-length': end - start + 1,
			...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
		})
		await pipeline(this.#files.read(name, { start, end }), response)
	}

	#keyOf(path: string): Buffer {
		return createHmac('sha256', this.#secret).update(path).digest()
	}

	#authOf(account: string): string {
		const proof = createHmac('sha256', this.#secret).update(account).digest('base64url')
		return `${account}.${proof}`
	}
}

/** @returns undefined where none is asked for. @throws 416 for one that the file does not have */
function rangeOf(header: string | undefined, size: number) {
	const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? []
	if (from === undefined) return undefined
	const start = Number(from)
	const end = to ? Math.min(Number(to), size - 1) : size - 1
	if (start > end) throw new Refusal(416, `the file has ${size} bytes`)
	return { start, end }
}

function answer(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
