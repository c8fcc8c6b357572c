import type { proto } from '@whiskeysockets/baileys'
import type { BubbleFile, Content, FileKind } from '../bubble.ts'
import { count, some, type Readers } from './readers.ts'

type AnyFile = {
	mimetype?: string | null
	fileLength?: unknown
	fileName?: string | null
	title?: string | null
	seconds?: number | null
	waveform?: Uint8Array | null
	jpegThumbnail?: Uint8Array | null
	pngThumbnail?: Uint8Array | null
	caption?: string | null
	viewOnce?: boolean | null
}

/** What a message says of its file. */
export function fileOf(said: AnyFile): BubbleFile {
	const mimetype = said.mimetype ?? ''
	const small = said.jpegThumbnail ?? said.pngThumbnail
	return {
		mimetype,
		size: count(said.fileLength) ?? 0,
		thumb: Boolean(small?.length) || mimetype.startsWith('image/'),
		...optional('name', some(said.fileName) ?? some(said.title)),
		...optional('seconds', count(said.seconds)),
		...optional('waveform', said.waveform?.length ? [...said.waveform] : undefined),
	}
}

const optional = <K extends string, V>(name: K, value: V | undefined) =>
	(value === undefined ? {} : { [name]: value }) as { [N in K]?: V }

function withFile(kind: FileKind, said: AnyFile): Content {
	const once = said.viewOnce ? ({ once: true } as const) : {}
	return { kind, file: fileOf(said), ...optional('text', some(said.caption)), ...once }
}

export const fileReaders: Readers = {
	imageMessage: (said) => withFile('photo', said),
	videoMessage: (said) => withFile(said.gifPlayback ? 'gif' : 'video', said),
	ptvMessage: (said) => withFile('round_video', said),
	audioMessage: (said) => withFile(said.ptt ? 'voice' : 'audio', said),
	documentMessage: (said) => withFile('document', said),
	stickerMessage: (said) => withFile('sticker', said),
	albumMessage: ({ expectedImageCount, expectedVideoCount }) => ({
		kind: 'album',
		photos: expectedImageCount ?? 0,
		videos: expectedVideoCount ?? 0,
	}),
}

type Header = Pick<proto.IMessage, 'imageMessage' | 'videoMessage' | 'documentMessage'>

/** The file above a text with buttons. */
export function headerFile(said: Header | null | undefined): { file?: BubbleFile } {
	const file = said?.imageMessage ?? said?.videoMessage ?? said?.documentMessage
	return file ? { file: fileOf(file) } : {}
}
