import { z } from '@hono/zod-openapi'
import type { SendResult } from '../../../session/send/send-result.ts'
import type { Session } from '../../../session/session.ts'
import { emptyMessageData, emptyMessage } from './empty-message.ts'
import { messageKeyOf, toWawpJid, widOf } from './ids.ts'

const key = z.object({
	fromMe: z.boolean(),
	remote: z.string(),
	id: z.string(),
	_serialized: z.string(),
})

/** The response to a send. */
export const sent = z
	.looseObject({
		_data: z
			.looseObject({ id: key })
			.meta({ description: 'The message in the format of WhatsApp Web' }),
		id: key,
		ack: z
			.number()
			.int()
			.meta({ description: "1: WhatsApp's server has accepted the message; 0: not yet" }),
		hasMedia: z.boolean(),
		mediaKey: z.string().nullable(),
		body: z.string(),
		type: z.string().meta({ examples: ['chat'] }),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		from: z.string(),
		to: z.string(),
		hasQuotedMsg: z.boolean(),
	})
	.openapi('WawpSent')

/** WhatsApp Web's names of our types, where they differ. */
const typeNames: Record<string, string> = { text: 'chat' }

/** A sent message with every field that Wawp documents; fields about which nothing is known are null, false or empty. */
export async function renderSent(
	session: Session,
	result: SendResult,
	type: string,
	fields: { text?: string | undefined; isVoice?: boolean | undefined; isReply: boolean },
) {
	const { message_id, to, timestamp, status } = result
	const id = messageKeyOf(true, to, message_id)
	const me = session.view().me?.id ?? ''
	const file = type === 'text' ? undefined : await fileOf(session, message_id)
	const common = { ack: status === 'sent' ? 1 : 0, type: typeName(type, fields.isVoice) }
	const text = fields.text ?? ''
	const mediaKey = base64(file?.mediaKey)
	return {
		...emptyMessage,
		...common,
		_data: {
			...emptyMessageData,
			...common,
			id,
			t: timestamp,
			body: file ? (base64(file.jpegThumbnail) ?? '') : text,
			from: widOf(me),
			to: widOf(to),
			...(file && {
				caption: text,
				deprecatedMms3Url: file.url ?? null,
				directPath: file.directPath ?? null,
				mimetype: file.mimetype ?? null,
				filehash: base64(file.fileSha256),
				encFilehash: base64(file.fileEncSha256),
				size: Number(file.fileLength ?? 0),
				mediaKey,
				mediaKeyTimestamp: Number(file.mediaKeyTimestamp ?? 0),
			}),
		},
		mediaKey,
		id,
		hasMedia: file !== undefined,
		body: text,
		timestamp,
		from: toWawpJid(me),
		to: toWawpJid(to),
		hasQuotedMsg: fields.isReply,
	}
}

function typeName(type: string, isVoice = false): string {
	return isVoice ? 'ptt' : (typeNames[type] ?? type)
}

type FileNode = {
	url?: string | null
	directPath?: string | null
	mimetype?: string | null
	mediaKey?: Uint8Array | null
	mediaKeyTimestamp?: unknown
	fileSha256?: Uint8Array | null
	fileEncSha256?: Uint8Array | null
	fileLength?: unknown
	jpegThumbnail?: Uint8Array | null
}

// The message was sent: a failure to read it back must not turn into an error.
async function fileOf(session: Session, id: string): Promise<FileNode | undefined> {
	const found = await session
		.withSocket(({ messages }) => messages.content(id))
		.catch(() => undefined)
	const parts: unknown[] = Object.values(found?.message ?? {})
	return parts.find((part): part is FileNode => (part as FileNode | null)?.directPath != null)
}

function base64(bytes: Uint8Array | null | undefined): string | null {
	return bytes?.length ? Buffer.from(bytes).toString('base64') : null
}
