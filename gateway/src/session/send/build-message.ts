import { isJidNewsletter, isPnUser, jidNormalizedUser, type proto } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { fewRandomBytes } from '../../lib/random-pool.ts'
import type { MediaPreparer } from '../../media/index.ts'
import type { Envelope } from '../../messages/envelope.ts'
import { withContext, type Context } from '../../messages/context.ts'
import { messageType, readContent } from '../../messages/index.ts'
import { statusAudience } from './status-audience.ts'
import { toJid } from '../identity.ts'
import { partId } from './message-id.ts'
import type { SessionDeps } from '../session-deps.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { quoteFrom } from './quote.ts'
import { resolveReferences } from './message-references.ts'
import type { Recipient } from './recipient.ts'
import type { MediaUploader } from './upload.ts'

export type SendRequest = {
	/** The message type's name. */
	type: string
	/** As its schema made it. */
	input: Envelope & Record<string, unknown>
}

export type BuildDeps = SessionDeps & {
	mediaPreparer: MediaPreparer
	mediaUploader: MediaUploader
}

/**
 * Builds the messages of a request: one, or several of which the first leads (an album and its files).
 * Files are uploaded on the way.
 * @param signal ends the preparing of files; it rejects with the signal's reason then
 * @throws GatewayError recipient_not_on_whatsapp, and the errors of MediaPreparer
 */
export async function buildMessages(
	deps: BuildDeps,
	{ type, input }: SendRequest,
	recipient: Recipient,
	messageId: string,
	signal: AbortSignal,
): Promise<[OutgoingMessage, ...OutgoingMessage[]]> {
	const { socket, messages, mediaPreparer, mediaUploader } = deps
	const definition = messageType(type)
	const context = { ...contextFrom(input), ...definition.context?.(input) }
	const chat = await reachable(recipient.jid, input, deps)
	const me = socket.user!.id
	const references = await resolveReferences(definition.refersTo?.(input) ?? [], chat, deps)
	const audience = statusAudience(chat, input.audience ?? references.audience, me)
	const files = await mediaUploader.uploadFiles(
		definition.media?.(input) ?? [],
		socket,
		chat,
		signal,
	)
	const link = definition.link?.(input)
	const preview = link ? await mediaPreparer.preview(link) : undefined
	const content = definition.toContent(input, { messageId, chat, files, preview, ...references })
	const [lead, ...parts] = Array.isArray(content) ? content : [content]
	const { reply_to: replyTo } = input
	const quoted = replyTo && (await quoteFrom(messages, replyTo, chat, me))
	const { expiration } = context
	return [
		{
			message_id: messageId,
			to: chat,
			type: definition.type,
			content: withMessageSecret(
				chat,
				withContext(lead!, { ...context, ...(quoted && { quoted }) }),
			),
			audience,
		},
		...parts.map((part, index) => ({
			message_id: partId(messageId, index),
			to: chat,
			type: readContent(part).type,
			content: withMessageSecret(chat, withContext(part, { expiration })),
			audience,
		})),
	]
}

function contextFrom(input: Envelope): Context {
	return {
		mentions: input.mentions?.map((mention, index) => toJid(mention, `mentions.${index}`)),
		mentionAll: input.mention_all,
		expiration: input.expiration,
		viewOnce: input.view_once,
	}
}

/**
 * Puts a fresh secret into a message: votes, event responses and reports of it are encrypted with that. Reactions
 * and answers need none, and in channels nothing is encrypted.
 */
function withMessageSecret(chat: string, message: proto.IMessage): proto.IMessage {
	if (isJidNewsletter(chat)) return message
	const { reactionMessage, pollUpdateMessage, encEventResponseMessage } = message
	if (reactionMessage || pollUpdateMessage || encEventResponseMessage) return message
	const { messageContextInfo } = message
	return {
		...message,
		messageContextInfo: { messageSecret: fewRandomBytes(32), ...messageContextInfo },
	}
}

// WhatsApp accepts messages to numbers that nobody has, and Baileys then sends to our own phone alone: who is
// new has to be asked for. The answer may spell the number differently, as in Brazil.
async function reachable(to: string, input: Envelope, { socket, otherName }: BuildDeps) {
	const phone = to.split('@')[0]!
	// Whose hidden id is known was in touch before.
	if (!isPnUser(to) || otherName(phone, 'phone') || input.check_recipient === false) return to
	const answer = await socket.onWhatsApp(to).catch(() => undefined)
	if (!answer) return to
	const found = answer.find(({ exists }) => exists)
	if (found) return jidNormalizedUser(found.jid)
	const advice = `The number ${phone} is not on WhatsApp. Check \`to\`.`
	throw new GatewayError('recipient_not_on_whatsapp', advice, { field: 'to' })
}
