import type { proto } from '@whiskeysockets/baileys'
import type { UploadedFile } from './uploaded-file.ts'
import { unwrap } from './wrappers.ts'

/** What is known of a file that came in, without downloading it. */
export type FileFacts = {
	mimetype: string | undefined
	/** Bytes. */
	size: number | undefined
	filename?: string | undefined
	width?: number | undefined
	height?: number | undefined
	seconds?: number | undefined
	pages?: number | undefined
	animated?: true | undefined
}

/** Reads them from an image, a video, a document, … */
export function factsOf(file: UploadedFile): FileFacts {
	return {
		mimetype: file.mimetype || undefined,
		size: positive(file.fileLength),
		filename: file.fileName || undefined,
		width: positive(file.width),
		height: positive(file.height),
		seconds: positive(file.seconds),
		pages: positive(file.pageCount),
		animated: file.isAnimated || undefined,
	}
}

// Large numbers come as objects; protobuf spells "absent" as 0.
function positive(value: unknown): number | undefined {
	return Number(value ?? 0) || undefined
}

/** What decides a file's keys. */
export type FileKind = 'image' | 'video' | 'audio' | 'document'

const kinds = {
	imageMessage: 'image',
	videoMessage: 'video',
	ptvMessage: 'video',
	audioMessage: 'audio',
	documentMessage: 'document',
	stickerMessage: 'image',
} as const satisfies { [Name in keyof proto.IMessage]?: FileKind }

/** The file of an unwrapped message: its own, or that of its header. Previews are none. */
export function fileOf(
	content: proto.IMessage,
): { kind: FileKind; file: UploadedFile } | undefined {
	for (const holder of holdersOf(content)) {
		for (const [name, kind] of Object.entries(kinds)) {
			const file = holder?.[name as keyof typeof kinds]
			if (file) return { kind, file }
		}
	}
	return undefined
}

type Holder = { [Name in keyof typeof kinds]?: UploadedFile | null }

function holdersOf(content: proto.IMessage): (Holder | null | undefined)[] {
	const { buttonsMessage, interactiveMessage, productMessage } = content
	return [
		content,
		{
			imageMessage: productMessage?.product?.productImage ?? productMessage?.catalog?.catalogImage,
		},
		...cardHeadersOf(interactiveMessage),
		buttonsMessage,
		...templateHoldersOf(content.templateMessage ?? content.highlyStructuredMessage?.hydratedHsm),
	]
}

function templateHoldersOf(template: proto.Message.ITemplateMessage | null | undefined) {
	return [
		template?.hydratedTemplate,
		template?.hydratedFourRowTemplate,
		template?.fourRowTemplate,
		...cardHeadersOf(template?.interactiveMessageTemplate),
	]
}

/** Of a carousel that has no file of its own, the first card's counts. */
function cardHeadersOf(message: proto.Message.IInteractiveMessage | null | undefined) {
	return [message, ...(message?.carouselMessage?.cards ?? [])].map((card) => card?.header)
}

/** A changed message with the file of the earlier one, if it has one and does not name its own. */
export function withFileOf(changed: proto.IMessage, earlier: proto.IMessage): proto.IMessage {
	const now = fileOf(unwrap(changed).content)
	const before = fileOf(unwrap(earlier).content)
	if (now && before && now.kind === before.kind && !now.file.mediaKey?.length)
		Object.assign(now.file, { ...before.file, ...now.file })
	return changed
}

/** A message with the file of another one, of the same kind, in place of its own; everything else of it stays. */
export function withFileFrom(message: proto.IMessage, other: proto.IMessage): proto.IMessage {
	const own = fileOf(unwrap(message).content)
	const wanted = fileOf(unwrap(other).content)
	if (!own || own.kind !== wanted?.kind) return message
	const { caption: _, contextInfo: __, viewOnce: ___, ...file } = wanted.file as FileInMessage
	Object.assign(own.file, file)
	return message
}

type FileInMessage = UploadedFile &
	Pick<proto.Message.IVideoMessage, 'caption' | 'contextInfo' | 'viewOnce'>
