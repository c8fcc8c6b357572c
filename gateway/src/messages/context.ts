import type { proto } from '@whiskeysockets/baileys'
import type { ChannelPost } from './channel-post.ts'
import { kindOf, unwrap } from './wrappers.ts'

/** What can be said of every message, whatever it holds. */
export type Context = {
	/** As WhatsApp writes it: `stanzaId`, `participant`, `quotedMessage`. */
	quoted?: proto.IContextInfo | undefined
	/** Jids. */
	mentions?: string[] | undefined
	mentionAll?: boolean | undefined
	/** Seconds. */
	expiration?: number | undefined
	forwards?: number | undefined
	/** What it was forwarded from, if from a channel. */
	channelPost?: ChannelPost | undefined
	viewOnce?: boolean | undefined
}

type Content = { contextInfo?: proto.IContextInfo | null; viewOnce?: boolean | null }

/** The message with its context. */
export function withContext(message: proto.IMessage, context: Context): proto.IMessage {
	const { quoted, mentions, mentionAll, expiration, forwards, channelPost, viewOnce } = context
	const info: proto.IContextInfo = {
		...quoted,
		...(mentions?.length && { mentionedJid: mentions }),
		...(mentionAll && { nonJidMentions: 1 }),
		...(expiration && { expiration }),
		...(forwards && { isForwarded: true, forwardingScore: forwards }),
		...(channelPost && { forwardedNewsletterMessageInfo: channelPost }),
	}
	const { messageContextInfo, ...said } = message
	const marked = change(said, (content) => ({
		...content,
		...(Object.keys(info).length > 0 && { contextInfo: { ...content.contextInfo, ...info } }),
		...(viewOnce && { viewOnce }),
	}))
	return {
		...(viewOnce ? { viewOnceMessage: { message: marked } } : marked),
		...(messageContextInfo && { messageContextInfo }),
	}
}

/** What an unwrapped message says of its context. */
export function contextOf(content: proto.IMessage): Context {
	const info = infoOf(content)
	const forwards = info.forwardingScore || (info.isForwarded ? 1 : undefined)
	return {
		quoted: info.stanzaId || info.quotedMessage ? info : undefined,
		mentions: info.mentionedJid?.length ? info.mentionedJid : undefined,
		mentionAll: !!info.nonJidMentions || undefined,
		expiration: info.expiration || undefined,
		forwards,
		channelPost: info.forwardedNewsletterMessageInfo ?? undefined,
	}
}

/** The quote of a message, to be put into the context of its answer. */
export function quoteOf(
	id: string,
	message: proto.IMessage | undefined,
	participant: string | undefined,
): proto.IContextInfo {
	const said = unwrap(message ?? {}).content
	const kind = kindOf(said)
	// What is quoted is shown from the reader's own copy; ours is needed only where that is gone.
	const shown = kind ? change({ [kind]: said[kind] }, withoutContext) : { conversation: '' }
	return { stanzaId: id, quotedMessage: shown, ...(participant && { participant }) }
}

/** A message as somebody else passes it on: without what it answers and whom it mentions. */
export function passedOn(content: proto.IMessage): proto.IMessage {
	const { forwards = 0, channelPost } = contextOf(content)
	const { conversation: text } = content
	const said: proto.IMessage = text ? { extendedTextMessage: { text } } : content
	const kind = kindOf(said)
	const bare = kind ? change({ [kind]: said[kind] }, withoutContext) : {}
	return withContext(bare, { forwards: forwards + 1, channelPost })
}

/** What a message says around its content, as WhatsApp writes it. */
export function infoOf(content: proto.IMessage): proto.IContextInfo {
	const kind = kindOf(content)
	const own = kind && (content[kind] as Content | undefined)?.contextInfo
	return own ?? infoOfTemplate(content) ?? {}
}

/** A template that is a message of another form may have its context there. */
function infoOfTemplate({ templateMessage, highlyStructuredMessage }: proto.IMessage) {
	const template = templateMessage ?? highlyStructuredMessage?.hydratedHsm
	return template?.contextInfo ?? template?.interactiveMessageTemplate?.contextInfo
}

function change(message: proto.IMessage, how: (content: Content) => Content): proto.IMessage {
	const { protocolMessage: protocol } = message
	if (protocol?.editedMessage) {
		const editedMessage = change(protocol.editedMessage, how)
		return { ...message, protocolMessage: { ...protocol, editedMessage } }
	}
	const kind = kindOf(message)
	if (!kind || typeof message[kind] !== 'object') return message
	return { ...message, [kind]: how(message[kind] as Content) }
}

function withoutContext({ contextInfo: _, ...content }: Content): Content {
	return content
}
