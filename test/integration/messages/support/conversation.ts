import { proto } from '@whiskeysockets/baileys'

/** What a type must do in both directions. */
export type Case = {
	/** What Ada writes before; `ABOUT` stands for its id in what follows. */
	about?: proto.IMessage
	/** The request's body, without `to`. */
	send: Record<string, unknown>
	/** What the recipient's phone must have decrypted, as JSON: enums by name, bytes in base64. */
	arrives?: Record<string, unknown>
	/** What that phone makes of it, where that alone can be foreseen. */
	means?: { vote?: object; response?: object }
	/** The messages that follow it. */
	parts?: Record<string, unknown>[]
	/** What a phone sends. Left out where the type comes in as another one. */
	receive?: proto.IMessage
	/** What the event says of it, besides who and when. */
	event?: Record<string, unknown>
	/** What a phone sends that is done to another message, and how it is read. Its event is tested elsewhere. */
	act?: proto.IMessage
	read?: Record<string, unknown>
}

export const ABOUT = '<the id of the message before>'
/** Stands for a moment of this test. */
export const NOW = '<now>'

/** The same with the id of the message before in its place. */
export function withId<T>(value: T, id: string): T {
	return JSON.parse(JSON.stringify(value).replaceAll(ABOUT, id)) as T
}

/** A body that a type refuses, and the field that is wrong. */
export type Refused = [what: string, body: Record<string, unknown>, field: string]

/** A file that WhatsApp has already, as callers name it and as it stands in a message. */
export const uploaded = {
	given: {
		url: 'https://mmg.whatsapp.net/v/t62.7118-24/1?ccb=11-4',
		direct_path: '/v/t62.7118-24/1?ccb=11-4',
		media_key: Buffer.alloc(32, 1).toString('base64'),
		file_sha256: Buffer.alloc(32, 2).toString('base64'),
		file_enc_sha256: Buffer.alloc(32, 3).toString('base64'),
		file_length: 12345,
		mimetype: 'image/jpeg',
	},
	arrives: {
		url: 'https://mmg.whatsapp.net/v/t62.7118-24/1?ccb=11-4',
		directPath: '/v/t62.7118-24/1?ccb=11-4',
		mediaKey: Buffer.alloc(32, 1).toString('base64'),
		fileSha256: Buffer.alloc(32, 2).toString('base64'),
		fileEncSha256: Buffer.alloc(32, 3).toString('base64'),
		fileLength: 12345,
		mimetype: 'image/jpeg',
	},
	sent: {
		url: 'https://mmg.whatsapp.net/v/t62.7118-24/1?ccb=11-4',
		directPath: '/v/t62.7118-24/1?ccb=11-4',
		mediaKey: Buffer.alloc(32, 1),
		fileSha256: Buffer.alloc(32, 2),
		fileEncSha256: Buffer.alloc(32, 3),
		fileLength: 12345,
		mimetype: 'image/jpeg',
	},
}

const readable = { bytes: String, longs: Number, enums: String }

/** What answers to a message is encrypted with the secret of that, or not at all, and has none. */
const withoutSecret = ['reactionMessage', 'pollUpdateMessage', 'encEventResponseMessage'] as const

/** In milliseconds, or in seconds. */
const isNow = (value: unknown) =>
	typeof value === 'number' &&
	[1, 1000].some((unit) => Math.abs(Date.now() - value * unit) < 60_000)

/** A decrypted message as JSON, without the secret that every other message has, and which must be there. */
export function readableMessage(message: proto.IMessage): Record<string, unknown> {
	const { messageContextInfo, ...said } = proto.Message.toObject(
		proto.Message.fromObject(message),
		readable,
	)
	const { messageSecret, ...context } = messageContextInfo ?? {}
	const needsNone = withoutSecret.some((kind) => message[kind])
	if (Buffer.from(messageSecret ?? '', 'base64').length !== (needsNone ? 0 : 32))
		throw new Error('the message has no secret, or has one for nothing')
	const whole = Object.keys(context).length ? { ...said, messageContextInfo: context } : said
	return JSON.parse(JSON.stringify(whole, (_, value) => (isNow(value) ? NOW : value)))
}
