import { proto } from '@whiskeysockets/baileys'
import type { MediaKind } from '../wire/media-cipher.ts'

/** The kinds of media that a person can send, and what each is in a message. */
export const mediaTypes = ['image', 'video', 'audio', 'document', 'sticker'] as const
export type MediaType = (typeof mediaTypes)[number]

type Field = `${MediaType}Message` | 'ptvMessage'

const FIELDS: Record<Field, MediaKind> = {
	imageMessage: 'Image',
	videoMessage: 'Video',
	ptvMessage: 'Video',
	audioMessage: 'Audio',
	documentMessage: 'Document',
	stickerMessage: 'Image',
}

/** Where a file lies, and how it is opened. */
export type MediaReference = {
	directPath: string
	mediaKey: Uint8Array
	mimetype: string
	fileSha256: Uint8Array
	fileEncSha256: Uint8Array
	fileLength: number
}

/** The fields that a person adds to a file. */
export type MediaExtras = { caption?: string; ptt?: boolean; filename?: string }

export const kindOf = (type: MediaType): MediaKind => FIELDS[`${type}Message`]

type Wrapper = {
	message?: proto.IMessage | null
	header?: proto.IMessage | null
	product?: { productImage?: proto.Message.IImageMessage | null } | null
} | null

const pictureOfProduct = (said: Wrapper): proto.IMessage | undefined =>
	said?.product?.productImage ? { imageMessage: said.product.productImage } : undefined

/** The file of a message, however it is wrapped: view once, disappearing, with a caption, as a header, of a product. */
export function mediaIn(
	message: proto.IMessage,
): { kind: MediaKind; file: MediaReference } | undefined {
	for (const [field, kind] of Object.entries(FIELDS) as [Field, MediaKind][]) {
		const file = message[field]
		if (file?.mediaKey) return { kind, file: referenceOf(file) }
	}
	for (const wrapper of Object.values(message) as Wrapper[]) {
		const inner = wrapper?.message ?? wrapper?.header ?? pictureOfProduct(wrapper)
		const found = inner && mediaIn(inner)
		if (found) return found
	}
	return undefined
}

/** The small picture in a message, however it is wrapped; a JPEG. */
export function thumbnailIn(message: proto.IMessage): Uint8Array | undefined {
	for (const field of Object.keys(FIELDS) as Field[]) {
		const file = message[field] as { jpegThumbnail?: Uint8Array | null } | null | undefined
		if (file?.jpegThumbnail?.length) return file.jpegThumbnail
	}
	for (const wrapper of Object.values(message) as Wrapper[]) {
		const inner = wrapper?.message ?? wrapper?.header
		const found = inner && thumbnailIn(inner)
		if (found) return found
	}
	return undefined
}

const referenceOf = (file: NonNullable<proto.IMessage[Field]>): MediaReference => ({
	directPath: file.directPath ?? '',
	mediaKey: file.mediaKey ?? Buffer.alloc(0),
	mimetype: file.mimetype ?? '',
	fileSha256: file.fileSha256 ?? Buffer.alloc(0),
	fileEncSha256: file.fileEncSha256 ?? Buffer.alloc(0),
	fileLength: Number(file.fileLength ?? 0),
})

/** A message with a file, as phones write it. */
export function mediaMessage(
	type: MediaType,
	reference: MediaReference & { url: string },
	{ caption, ptt, filename }: MediaExtras,
): proto.IMessage {
	const file = { ...reference, mediaKeyTimestamp: Math.floor(Date.now() / 1000) }
	switch (type) {
		case 'image':
			return { imageMessage: { ...file, caption } }
		case 'video':
			return { videoMessage: { ...file, caption } }
		case 'audio':
			return { audioMessage: { ...file, ptt: ptt ?? false } }
		case 'sticker':
			return { stickerMessage: file }
		case 'document': {
			const documentMessage = { ...file, caption, fileName: filename, title: filename }
			// A phone wraps a document that has a caption, and only that.
			return caption
				? { documentWithCaptionMessage: { message: { documentMessage } } }
				: { documentMessage }
		}
	}
}
