import { answer } from '../server/queries.ts'
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { proto } from '@whiskeysockets/baileys'
import { FileStore, type Digest } from '../wire/file-store.ts'
import {
	hashing,
	openMedia,
	openRetry,
	sealMedia,
	sealRetry,
	type MediaKind,
} from '../wire/media-cipher.ts'
import { bytesOf, childOf, node, type BinaryNode } from '../wire/node.ts'
import { pnOf } from '../server/jids.ts'
import { type Party } from '../server/model.ts'
import { type WhatsApp } from '../server/whatsapp.ts'
import { newStanzaId } from '../server/stanza.ts'
import { now } from '../server/stanza.ts'
import { download, upload, type MediaConnection } from './media-client.ts'
import {
	kindOf,
	mediaIn,
	mediaMessage,
	type MediaExtras,
	type MediaReference,
	type MediaType,
} from './media-message.ts'
import type { Arrival, ReceivedMedia } from './received.ts'

/** Finds a message on the phone, sent or received. */
type MessageOf = (id: string) => proto.IMessage | null | undefined

const { NOT_FOUND, DECRYPTION_ERROR, SUCCESS } = proto.MediaRetryNotification.ResultType
const hex = ({ sha256 }: Digest) => sha256.toString('hex')

/** The files of a phone: encrypted and decrypted here, brought to the media host and got from there. */
export class PhoneMedia {
	readonly #whatsapp: WhatsApp
	readonly #party: Party
	readonly #messageOf: MessageOf
	/** Plain, by SHA-256; all phones share them, so that a file which goes to many lies there once. */
	readonly #files: FileStore
	readonly #sealed: FileStore

	constructor(whatsapp: WhatsApp, party: Party, messageOf: MessageOf) {
		this.#whatsapp = whatsapp
		this.#party = party
		this.#messageOf = messageOf
		this.#files = new FileStore(join(whatsapp.media.directory, 'phones'))
		this.#sealed = new FileStore(join(whatsapp.media.directory, 'sealed'))
	}

	/** Encrypts a file and brings it to the media host. @returns the message to send */
	async attach(
		type: MediaType,
		{ data, mimetype, ...extras }: { data: Buffer; mimetype: string } & MediaExtras,
	): Promise<proto.IMessage> {
		const mediaKey = randomBytes(32)
		const kept = await this.#files.keep(Readable.from([data]), hex)
		const place = await this.#upload(hex(kept), mediaKey, kindOf(type))
		const plain = { mediaKey, mimetype, fileSha256: kept.sha256, fileLength: kept.size }
		return mediaMessage(type, { ...place, ...plain }, extras)
	}

	/** Gets the file of a message that has one, and keeps it. */
	async fetch(message: proto.IMessage): Promise<Arrival> {
		const found = mediaIn(message)
		if (!found) return {}
		try {
			return { media: await this.#download(found.file, found.kind) }
		} catch (error) {
			return { mediaError: (error as Error).message }
		}
	}

	/** The bytes of a file that has arrived. @param range its first and its last byte */
	read({ sha256 }: ReceivedMedia, range?: { start: number; end: number }): Readable {
		return this.#files.read(sha256, range)
	}

	/** Uploads a file again for a linked device that could not download it, and sends it the new path. */
	async reupload(request: BinaryNode): Promise<void> {
		const device = this.#whatsapp.directory.party(request.attrs.from ?? '')
		if (!device) return
		const attrs = {
			id: request.attrs.id,
			from: pnOf(this.#party.account),
			type: 'mediaretry',
			t: now(),
		}
		const content = [await this.#answerTo(request), childOf(request, 'rmr') ?? node('rmr')]
		this.#whatsapp.deliver(device, node('notification', attrs, content))
	}

	async #answerTo(request: BinaryNode): Promise<BinaryNode> {
		const { id = '' } = request.attrs
		const message = this.#messageOf(id)
		const found = message && mediaIn(message)
		const name = found && Buffer.from(found.file.fileSha256).toString('hex')
		if (!found || (await this.#files.size(name!)) === undefined)
			return node('error', { code: NOT_FOUND })
		const { mediaKey } = found.file
		if (!isAbout(id, mediaKey, request)) return node('error', { code: DECRYPTION_ERROR })
		const { directPath } = await this.#upload(name!, mediaKey, found.kind)
		const answer = { stanzaId: id, directPath, result: SUCCESS }
		const iv = randomBytes(12)
		const plain = proto.MediaRetryNotification.encode(answer).finish()
		return node('encrypt', {}, [
			node('enc_p', {}, sealRetry(mediaKey, id, iv, plain)),
			node('enc_iv', {}, iv),
		])
	}

	async #download(file: MediaReference, kind: MediaKind): Promise<ReceivedMedia> {
		const sealedHash = createHash('sha256')
		const sealed = hashing(await download(this.#connection(), file.directPath), sealedHash)
		const kept = await this.#files.keep(openMedia(sealed, file.mediaKey, kind), (plain) => {
			if (!sealedHash.digest().equals(file.fileEncSha256))
				throw new Error('fileEncSha256 is not that of what the media host has')
			if (!plain.sha256.equals(file.fileSha256))
				throw new Error('fileSha256 is not that of the file')
			return hex(plain)
		})
		return { mimetype: file.mimetype, size: kept.size, sha256: hex(kept) }
	}

	/** The same key gives the same ciphertext: it fits every message that names it. */
	async #upload(name: string, mediaKey: Uint8Array, kind: MediaKind) {
		const own = newStanzaId()
		const sealed = sealMedia(this.#files.read(name), mediaKey, kind)
		try {
			const { sha256: token, size } = await this.#sealed.keep(sealed, () => own)
			const file = this.#sealed.read(own)
			const type = kind.toLowerCase()
			const place = await upload(this.#connection(), { type, token, size, file })
			return { url: place.url, directPath: place.direct_path, fileEncSha256: token }
		} finally {
			await this.#sealed.remove(own)
		}
	}

	#connection(): MediaConnection {
		const query = node('iq', { id: newStanzaId(), type: 'set', xmlns: 'w:m' }, [node('media_conn')])
		const connection = childOf(answer(this.#whatsapp, this.#party, query), 'media_conn')
		const { hostname = '' } = childOf(connection, 'host')?.attrs ?? {}
		return { hostname, auth: connection?.attrs.auth ?? '', ca: this.#whatsapp.media.ca }
	}
}

/** Whether the device that asks knows the file's key. */
function isAbout(id: string, mediaKey: Uint8Array, request: BinaryNode): boolean {
	try {
		const sealed = childOf(request, 'encrypt')
		const plain = openRetry(mediaKey, id, bytesOf(sealed, 'enc_iv'), bytesOf(sealed, 'enc_p'))
		return proto.ServerErrorReceipt.decode(plain).stanzaId === id
	} catch {
		return false
	}
}
