import { z } from '@hono/zod-openapi'
import { Upload } from '../../../messages/media-source.ts'
import type { Endpoint } from '../dialect.ts'
import type { Translation } from '../send.ts'
import { refused } from './errors.ts'
import { flag } from './fields.ts'
import { fileOf, filePart, fileText, type FileSource } from './file-source.ts'
import { mediaTypeOf } from './media-types.ts'
import type { Sender } from './send.ts'

const mediaFields = {
	mediatype: z.enum(['image', 'video', 'document', 'audio']),
	media: fileText,
	file: filePart,
	mimetype: z.string().optional(),
	fileName: z.string().optional(),
	caption: z.string().optional(),
	gifPlayback: flag.optional(),
}

type Media = z.output<z.ZodObject<typeof mediaFields>>

/** The sends with a file: images, videos, documents and audio files, round videos, voice notes and stickers. */
export const mediaSends = ({ numbered }: Sender): Endpoint[] => [
	numbered({
		name: 'sendMedia',
		summary: 'Send an image, a video, a document or an audio file',
		fields: mediaFields,
		translate: mediaOf,
	}),
	numbered({
		name: 'sendPtv',
		summary: 'Send a round video note',
		fields: { video: fileText, file: filePart },
		translate: ({ video, file }) => withFile('video-note', 'video', fileOf(video, file)),
	}),
	numbered({
		name: 'sendWhatsAppAudio',
		summary: 'Send a voice note',
		fields: {
			audio: fileText,
			file: filePart,
			encoding: flag.optional().meta({
				description: 'No effect: what is not a voice note already is converted to one',
			}),
		},
		translate: ({ audio, file }) => withFile('voice', 'audio', fileOf(audio, file)),
	}),
	numbered({
		name: 'sendSticker',
		summary: 'Send a sticker',
		fields: {
			sticker: fileText,
			file: filePart,
			notConvertSticker: flag.optional().meta({
				description: 'No effect: a WebP stays as it is, and anything else is converted',
			}),
		},
		translate: ({ sticker, file }) => withFile('sticker', 'sticker', fileOf(sticker, file)),
	}),
]

const withFile = (type: string, field: string, file: FileSource): Translation => ({
	type,
	fields: { [field]: file },
	names: { [field]: file instanceof Upload && file.filename !== undefined ? 'file' : field },
})

function mediaOf(body: Media): Translation {
	const file = fileOf(body.media, body.file)
	const { mediatype, caption } = body
	const names = { [mediatype]: 'media', filename: 'fileName' }
	if (mediatype === 'audio') return { type: 'audio', fields: { audio: file }, names }
	const said = caption ? { caption } : {}
	if (mediatype === 'document')
		return {
			type: 'document',
			fields: { document: file, ...said, ...described(file, body) },
			names,
		}
	const isGif = mediatype === 'video' && body.gifPlayback
	return { type: isGif ? 'gif' : mediatype, fields: { [mediatype]: file, ...said }, names }
}

/** What a document is called and what it is: its name decides, before what the client says. */
function described(file: FileSource, { fileName, mimetype: said }: Media) {
	const filename = (fileName || nameOf(file)) ?? nameNeeded()
	const mimetype = mediaTypeOf(filename) ?? (said || undefined)
	return { filename, ...(mimetype && { mimetype }) }
}

function nameOf(file: FileSource): string | undefined {
	if (file instanceof Upload) return file.filename
	if (!('url' in file)) return undefined
	const last = URL.parse(file.url!)?.pathname.split('/').at(-1)
	return last ? decoded(last) : 'file'
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text)
	} catch {
		return text
	}
}

function nameNeeded(): never {
	throw refused('For base64 the file name must be informed.')
}
