import type { z } from '@hono/zod-openapi'
import type { RawMessage } from '../../events/raw-message.ts'
import type { messageData } from '../../events/types/message-received.ts'

export type MessageData = z.output<typeof messageData>
type Content = RawMessage['message']

/** WhatsApp's names of messages with a file. */
const files: Record<string, string> = {
	image: 'imageMessage',
	video: 'videoMessage',
	audio: 'audioMessage',
	document: 'documentMessage',
	sticker: 'stickerMessage',
	'video-note': 'ptvMessage',
}

/**
 * The protobuf message of an event. What the phone tells of earlier chats comes without it, as do events from before the
 * webhook was set: of these it is made again, as far as the event tells.
 */
export function rawContent(data: MessageData, raw: RawMessage | undefined): Content {
	if (raw) return raw.message
	const contextInfo = contextOf(data)
	const { type, text } = data
	const file = files[type]
	if (file) return { [file]: { ...fileOf(data), ...contextInfo } }
	if (type === 'location') {
		const { latitude, longitude, name, address } = data
		return {
			locationMessage: {
				...{ degreesLatitude: latitude, degreesLongitude: longitude, name, address },
				...contextInfo,
			},
		}
	}
	return text === null ? {} : { extendedTextMessage: { text, ...contextInfo } }
}

function fileOf({ type, media = {}, text, ptt }: MessageData): Content {
	const { mimetype, size, filename, width, height, seconds } = media
	const facts = {
		...{ mimetype, fileLength: size, fileName: filename, width, height, seconds },
		caption: type === 'audio' || type === 'sticker' ? undefined : (text ?? undefined),
		ptt: type === 'audio' ? ptt : undefined,
	}
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

function contextOf({ reply_to: stanzaId, quoted }: MessageData): { contextInfo?: Content } {
	if (stanzaId === null) return {}
	const said = quoted?.text == null ? {} : { quotedMessage: { conversation: quoted.text } }
	const author = quoted?.sender ? { participant: quoted.sender.id } : {}
	return { contextInfo: { stanzaId, ...author, ...said } }
}
