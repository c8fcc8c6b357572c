import { readFile } from 'node:fs/promises'
import type { proto, WASocket } from '@whiskeysockets/baileys'
import { plainName } from '../../lib/plain-name.ts'
import { GatewayError, isGatewayError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { GatewayEvent } from '../../events/index.ts'
import type { RawMessage } from '../../events/raw-message.ts'
import { type MediaDownloader, type DecryptedFile, type EncryptedFile } from '../../media/index.ts'
import type { UploadedFile } from '../../messages/uploaded-file.ts'
import { fileOf } from '../../messages/media-node.ts'
import { unwrap } from '../../messages/wrappers.ts'
import type { Network } from '../connection/network.ts'
import { givenMessage } from '../given-message.ts'
import { mediaHosts } from './media-hosts.ts'
import type { MessageRecord } from '../state/messages.ts'
import { requestReupload } from './request-reupload.ts'
import type { SessionState } from '../state/index.ts'
import type { MediaUploader, NewFile } from '../send/upload.ts'

export type MessageFilesOptions = {
	/** The session's id. */
	id: string
	state(): Promise<SessionState>
	/** The socket, if it is open. */
	socket(): WASocket | undefined
	/** The socket once it is open. @throws GatewayError session_not_open */
	socketOnceOpen(): Promise<WASocket>
	/** @throws GatewayError message_not_found */
	message(messageId: string): Promise<MessageRecord>
	/** How it reaches WhatsApp now. */
	network(): Network
	mediaUploader: MediaUploader
	mediaDownloader: MediaDownloader
	log: Log
}

/** What is known of a file before it is there. `size` is what its sender says. */
export type FileDescription = {
	mimetype: string
	filename: string
	size: number | undefined
}

/** A file that is there, whole and as it was promised. */
export type OpenedFile = Omit<FileDescription, 'size'> & DecryptedFile

/** A message's file, as it stands in the message that is kept. */
type MessageFile = {
	record: MessageRecord
	message: proto.IMessage
	sender: string | undefined
	file: UploadedFile
	kind: EncryptedFile['kind']
}

/** A file that goes into a body in base64 is held in memory three times over. */
const MAX_SMALL_BYTES = 16 * 1024 * 1024

/** The files of the messages of a session, of both directions. */
export type MessageFiles = ReturnType<typeof createMessageFiles>

export function createMessageFiles(options: MessageFilesOptions) {
	const { id: session, state, socketOnceOpen, mediaDownloader, log } = options
	const hosts = mediaHosts(options.socket, socketOnceOpen)
	const route = () => ({ hosts, tunnel: options.network().tunnel })

	async function find(messageId: string): Promise<MessageFile> {
		const record = await options.message(messageId)
		const stored = await (await state()).messages.content(messageId)
		const found = stored && fileOf(unwrap(stored.message).content)
		if (!found) throw noMedia(messageId, record.type)
		return { record, message: stored.message, sender: stored.sender, ...found }
	}

	/** Opens it, from the phone's new upload if WhatsApp has forgotten the old one. */
	async function open(found: MessageFile): Promise<DecryptedFile> {
		const sealed = sealedFrom(found)
		try {
			return await mediaDownloader.open(session, sealed, route())
		} catch (error) {
			if (!isGatewayError(error, 'media_gone') || !sealed.mediaKey) throw error
			return mediaDownloader.open(session, await uploadedAgain(found, sealed), route())
		}
	}

	async function uploadedAgain(
		{ record, message, sender, file }: MessageFile,
		sealed: EncryptedFile,
	) {
		const { message_id: id, to: remoteJid, from_me: fromMe } = record
		const key = { id, remoteJid, fromMe, ...(sender && { participant: sender }) }
		log.info({ messageId: id }, 'the phone is asked to upload a file again')
		const directPath = await requestReupload(await socketOnceOpen(), key, sealed)
		file.directPath = directPath
		const { messages, commit } = await state()
		await commit(await messages.changed(id, message))
		return { ...sealed, directPath }
	}

	return {
		/** @throws GatewayError message_not_found, no_media */
		describeFile: async (messageId: string): Promise<FileDescription> =>
			describe(await find(messageId)),
		/** @throws GatewayError message_not_found, no_media, and the errors of MediaDownloader */
		async open(messageId: string): Promise<OpenedFile> {
			const found = await find(messageId)
			return { ...describe(found), ...(await open(found)) }
		},
		/** The bytes of a file of at most 16 MB; undefined if it is larger or cannot be had. */
		async small(messageId: string): Promise<Buffer | undefined> {
			try {
				const found = await find(messageId)
				if (Number(found.file.fileLength ?? 0) > MAX_SMALL_BYTES) return undefined
				const { path, size, dispose } = await open(found)
				try {
					return size > MAX_SMALL_BYTES ? undefined : await readFile(path)
				} finally {
					await dispose()
				}
			} catch (err) {
				log.warn({ err, messageId }, 'file not read for a webhook')
				return undefined
			}
		},
		/**
		 * Opens the file of a message that is not kept, and that a client gives whole.
		 * @param field what the client calls it
		 * @throws GatewayError invalid_request, no_media, and the errors of MediaDownloader
		 */
		async openGiven(
			id: string,
			message: RawMessage['message'],
			field: string,
		): Promise<OpenedFile> {
			const found = fileOf(unwrap(givenMessage(message, field)).content)
			if (!found) throw noMedia(id)
			const facts = factsOf(found.file, id)
			return { ...facts, ...(await mediaDownloader.open(session, sealedFrom(found), route())) }
		},
		/** Opens a file that the caller names as messages do. */
		openEncrypted: (file: EncryptedFile): Promise<DecryptedFile> =>
			mediaDownloader.open(session, file, route()),
		/** Keeps a copy of the file of a message that has just come in, if the operator wants that. */
		async fetchAhead({ data }: GatewayEvent): Promise<void> {
			if (!('media' in data) || !data.media || !mediaDownloader.wants(data.media.size)) return
			const { message_id: messageId } = data
			try {
				await mediaDownloader.keep(session, sealedFrom(await find(messageId)), route())
			} catch (err) {
				log.warn({ err, messageId }, 'file not fetched ahead')
			}
		},
		/** Brings a file to WhatsApp, for messages to refer to. */
		upload: async (file: NewFile): Promise<UploadedFile> =>
			options.mediaUploader.uploadFile(file, await socketOnceOpen()),
	}
}

function sealedFrom({ file, kind }: Pick<MessageFile, 'file' | 'kind'>): EncryptedFile {
	const bytes = (given: Uint8Array | null | undefined) => (given?.length ? given : undefined)
	return {
		kind,
		url: file.url || undefined,
		directPath: file.directPath || undefined,
		mediaKey: bytes(file.mediaKey),
		fileSha256: bytes(file.fileSha256),
		fileEncSha256: bytes(file.fileEncSha256),
	}
}

const describe = ({ file, record }: MessageFile): FileDescription =>
	factsOf(file, record.message_id)

function factsOf(file: UploadedFile, stem: string): FileDescription {
	const mimetype = mimetypeFrom(file.mimetype)
	return {
		mimetype,
		filename: nameFor(file.fileName, stem, mimetype),
		size: Number(file.fileLength ?? 0) || undefined,
	}
}

/** A media type as it may stand in a header, whatever the sender wrote. */
export function mimetypeFrom(given: string | null | undefined): string {
	const isOne = /^[\w.+-]+\/[\w.+-]+(\s*;\s*[\w-]+=("[\w.+ -]*"|[\w.+-]+))*$/.test(given ?? '')
	return isOne ? given! : 'application/octet-stream'
}

const extensions: Record<string, string> = {
	'application/octet-stream': 'bin',
	'audio/mpeg': 'mp3',
	'audio/mp4': 'm4a',
	'image/jpeg': 'jpg',
	'text/plain': 'txt',
}

/** A file's name as it may stand in a header; made of the stem where it has none. */
export function nameFor(given: string | null | undefined, stem: string, mimetype: string): string {
	const named = plainName(given ?? undefined)
	if (named) return named
	const type = mimetype.split(';')[0]!.trim()
	const extension = extensions[type] ?? /\/([a-z\d]{2,5})$/.exec(type)?.[1] ?? 'bin'
	return `${plainName(stem) ?? 'file'}.${extension}`
}

function noMedia(id: string, type?: string) {
	const advice = `Message ${id} has no file${type ? `: it is of type ${type}` : ''}.`
	return new GatewayError('no_media', advice)
}
