import { prepareWAMessageMedia, type WASocket } from '@whiskeysockets/baileys'
import type { MediaPreparer, PreparedMedia } from '../../media/index.ts'
import type { MediaSlot } from '../../messages/define.ts'
import type { UploadedFile } from '../../messages/uploaded-file.ts'
import type { MediaRole, MediaSource } from '../../messages/media-source.ts'
import { createSemaphore } from '../../lib/semaphore.ts'
import { silentLog } from '../../log.ts'
import type { Network } from '../connection/network.ts'
import { uploadPlain, type PlainKind } from './upload-plain.ts'
import {
	uploadToHosts,
	type AnswerReader,
	type UploadedPlace,
	type UploadVia,
} from './upload-to-hosts.ts'

/** Baileys' name of a file's kind, which decides how its key is derived. */
const kinds = {
	image: 'image',
	video: 'video',
	gif: 'video',
	'video-note': 'video',
	audio: 'audio',
	voice: 'audio',
	document: 'document',
	sticker: 'sticker',
} as const satisfies Record<MediaRole, string>

/** How many files of a session are fetched, made ready and uploaded at the same time; each takes disk and a socket. */
const FILES_AT_ONCE = 16

/** A file that WhatsApp does not have yet. */
export type NewFile = Omit<MediaSlot, 'source'> & {
	source: Exclude<MediaSource, { kind: 'reference' }>
}

/** A picture that everybody may see. */
export type NewPicture = Pick<NewFile, 'field' | 'source'>

/** Brings the files of a session to WhatsApp, a limited number at the same time. */
export type MediaUploader = ReturnType<typeof createMediaUploader>

export function createMediaUploader(mediaPreparer: MediaPreparer, network: () => Network) {
	const places = createSemaphore(FILES_AT_ONCE)

	async function prepareAndUpload(
		{ field, role, source }: NewFile,
		socket: WASocket,
		chat?: string,
		signal?: AbortSignal,
	): Promise<UploadedFile> {
		const file = await mediaPreparer.prepare(source, role, field, signal)
		try {
			signal?.throwIfAborted()
			const agent = network().uploadAgent
			return await upload(file, role, { socket, chat, agent, signal })
		} finally {
			await file.dispose()
		}
	}

	/**
	 * Prepares and uploads a file.
	 * @param chat a jid, where it is known for which: in channels files are not encrypted
	 * @param signal ends it; it rejects with the signal's reason then
	 */
	function uploadFile(
		file: NewFile,
		socket: WASocket,
		chat?: string,
		signal?: AbortSignal,
	): Promise<UploadedFile> {
		return places.run(() => prepareAndUpload(file, socket, chat, signal), signal)
	}

	/**
	 * Prepares and uploads the files of a message, beside each other. The first that fails ends the others, and is the
	 * error; it waits until nothing of them is left on the disk.
	 * @param chat its jid
	 * @param signal ends it; it rejects with the signal's reason then
	 * @returns the files by their field
	 */
	async function uploadFiles(
		slots: MediaSlot[],
		socket: WASocket,
		chat: string,
		signal: AbortSignal,
	): Promise<Record<string, UploadedFile>> {
		if (slots.length === 0) return {}
		const failure = new AbortController()
		const ending = AbortSignal.any([signal, failure.signal])
		const file = ({ source, ...slot }: MediaSlot) =>
			source.kind === 'reference'
				? fromReference(source)
				: uploadFile({ source, ...slot }, socket, chat, ending)
		const files = slots.map(async (slot) => [slot.field, await file(slot)] as const)
		for (const work of files) work.catch((error: unknown) => failure.abort(error))
		await Promise.allSettled(files)
		failure.signal.throwIfAborted()
		return Object.fromEntries(await Promise.all(files))
	}

	async function preparePlain<T>(
		{ field, source }: NewPicture,
		kind: PlainKind,
		socket: WASocket,
		read?: AnswerReader<T>,
	): Promise<T> {
		const file = await mediaPreparer.prepare(source, 'photo', field)
		try {
			return await uploadPlain(socket, { path: file.path, kind }, network().uploadAgent, read)
		} finally {
			await file.dispose()
		}
	}

	/**
	 * Prepares a picture that everybody may see, and uploads it without encryption.
	 * @param read the media host's answer; @default where the picture is
	 */
	function uploadPicture<T = UploadedPlace>(
		picture: NewPicture,
		kind: PlainKind,
		socket: WASocket,
		read?: AnswerReader<T>,
	): Promise<T> {
		return places.run(() => preparePlain(picture, kind, socket, read))
	}

	return { uploadFile, uploadFiles, uploadPicture }
}

type Target = UploadVia & { socket: WASocket; chat: string | undefined }

async function upload(
	file: PreparedMedia,
	role: MediaRole,
	{ socket, chat, ...options }: Target,
): Promise<UploadedFile> {
	// Unknown facts are null: for undefined, Baileys would probe the file itself with programs of its own.
	const known = {
		mimetype: file.mimetype,
		jpegThumbnail: file.thumbnail ?? null,
		seconds: file.seconds ?? null,
		waveform: file.waveform ?? null,
		...(file.width && { width: file.width }),
		...(file.height && { height: file.height }),
		...(file.animated && { isAnimated: true }),
		...(file.filename && { fileName: file.filename }),
	}
	const content = { [kinds[role]]: { url: file.path }, ...known }
	const message = await prepareWAMessageMedia(content as never, {
		logger: silentLog,
		...(chat && { jid: chat }),
		upload: (path, { mediaType: kind, fileEncSha256B64 }) =>
			uploadToHosts(socket, { path, kind, hash: base64url(fileEncSha256B64) }, options),
	})
	return Object.values(message)[0] as UploadedFile
}

const base64url = (base64: string) => Buffer.from(base64, 'base64').toString('base64url')

/** A file that WhatsApp has already. */
function fromReference(source: Extract<MediaSource, { kind: 'reference' }>): UploadedFile {
	const bytes = (text: string) => Buffer.from(text, 'base64')
	const { width, height, seconds, thumbnail, waveform, animated } = source
	return {
		...(width && { width }),
		...(height && { height }),
		...(seconds && { seconds }),
		...(thumbnail && { jpegThumbnail: bytes(thumbnail) }),
		...(waveform && { waveform: bytes(waveform) }),
		...(animated && { isAnimated: animated }),
		url: source.url,
		directPath: source.direct_path,
		mediaKey: bytes(source.media_key),
		fileSha256: bytes(source.file_sha256),
		fileEncSha256: bytes(source.file_enc_sha256),
		fileLength: source.file_length,
		mimetype: source.mimetype,
	}
}
