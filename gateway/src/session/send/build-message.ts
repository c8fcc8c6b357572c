import { isJidNewsletter, isPnUser, jidNormalizedUser, type proto } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { fewRandomBytes } from '../../lib/random-pool.ts'
import { SECOND_MS } from '../../lib/units.ts'
import type { MediaPreparer } from '../../media/index.ts'
import type { Envelope } from '../../messages/envelope.ts'
import { withContext, type Context } from '../../messages/context.ts'
import { messageType, readContent } from '../../messages/index.ts'
import { addressingIn, hasManyAuthors } from '../chat-addressing.ts'
import { findNumbers } from '../ask/find-numbers.ts'
import { isKnown } from '../known-people.ts'
import type { Deadline } from './deadline.ts'
import { accountGone } from './account-gone.ts'
import { addressesOf, addressOf } from './address.ts'
import { mentionsIn } from './mentions.ts'
import { statusAudience } from './status-audience.ts'
import { expirationIn } from '../chat-timer.ts'
import { partId } from './message-id.ts'
import type { SessionDeps } from '../session-deps.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { givenPreview } from './given-preview.ts'
import { quoteIn } from './quote.ts'
import { resolveReferences } from './message-references.ts'
import { typingOf } from './typing.ts'
import type { Recipient } from './recipient.ts'
import type { MediaUploader } from './upload.ts'

/** The share of the time in which a message must be ready that the check of its recipient may take. */
const CHECK_WITHIN = 0.5

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
 * @param deadline ends the preparing of files; it rejects with the deadline's error then
 * @throws GatewayError recipient_not_on_whatsapp, and the errors of MediaPreparer and of `askWhatsApp`
 */
export async function buildMessages(
	deps: BuildDeps,
	{ type, input: asked }: SendRequest,
	recipient: Recipient,
	messageId: string,
	deadline: Pick<Deadline, 'signal' | 'leftMs'>,
): Promise<[OutgoingMessage, ...OutgoingMessage[]]> {
	const { socket, messages, mediaPreparer, mediaUploader } = deps
	const definition = messageType(type)
	const checkMs = deadline.leftMs() * CHECK_WITHIN
	const to = await reachable(recipient.jid, asked, deps, checkMs)
	const chat = await addressOf(to, deps, checkMs)
	const me = socket.user!.id
	// Asking how a group addresses people may cost a query: only messages that name people need it.
	const namesPeople = asked.reply_to || asked.quoted || asked.mentions || definition.namesItself
	const called = namesPeople ? await addressingIn(chat, deps) : (jid: string) => jid
	const mentions = mentionsIn(asked, called, deps.otherName)
	const input = mentions.named(asked)
	const context = { ...contextFrom(input, mentions.jids), ...definition.context?.(input) }
	const references = await resolveReferences(definition.refersTo?.(input) ?? [], chat, deps)
	const listed = statusAudience(chat, input.audience ?? references.audience, me)
	const audience = listed && (await addressesOf(listed, deps, checkMs))
	const files = await mediaUploader.uploadFiles(
		definition.media?.(input) ?? [],
		socket,
		chat,
		deadline.signal,
	)
	const link = definition.link?.(input)
	const preview = asked.preview
		? await givenPreview(asked.preview, mediaPreparer, deadline.signal)
		: link && (await mediaPreparer.preview(link))
	const ownKey = keyOf(messageId, chat, called(jidNormalizedUser(me)))
	const shown = { preview: preview || undefined, files }
	const tools = { messageId, ownKey, chat, ...shown, ...references }
	const content = definition.toContent(input, tools)
	const [lead, ...parts] = Array.isArray(content) ? content : [content]
	const quoted = await quoteIn(asked, messages, { jid: chat, called, me })
	const pauseMs = input.pause_seconds === undefined ? undefined : input.pause_seconds * SECOND_MS
	const expiration = context.expiration ?? (await expirationIn(chat, deps))
	return [
		{
			message_id: messageId,
			to,
			address: chat,
			type: definition.type,
			content: withMessageSecret(
				chat,
				withContext(lead!, { ...context, expiration, ...(quoted && { quoted }) }),
			),
			audience,
			typing: typingOf(input, chat, lead!),
			pauseMs,
		},
		...parts.map((part, index) => ({
			message_id: partId(messageId, index),
			to,
			address: chat,
			type: readContent(part).type,
			content: withMessageSecret(chat, withContext(part, { expiration })),
			audience,
		})),
	]
}

/** Where many write, a message is named by its author as well. @param me our jid in that chat */
const keyOf = (id: string, chat: string, me: string): proto.IMessageKey => ({
	remoteJid: chat,
	fromMe: true,
	id,
	...(hasManyAuthors(chat) && { participant: me }),
})

function contextFrom(input: Envelope, mentions: string[] | undefined): Context {
	return {
		mentions,
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

/**
 * The jid that a message goes to. WhatsApp accepts messages to numbers that nobody has, and Baileys then sends to our
 * own phone alone: for people who are new WhatsApp is asked. It may spell the number differently, as in Brazil. Without
 * an answer the message goes to the number as it is.
 */
export async function reachable(to: string, input: Envelope, deps: SessionDeps, limitMs: number) {
	if (deps.state.addressing.isGone(to)) throw accountGone(to, deps)
	const phone = to.split('@')[0]!
	if (!isPnUser(to) || isKnown(phone, deps) || input.check_recipient === false) return to
	deps.takeChecks(1)
	const found = await findNumbers(deps.socket, [phone], limitMs).catch(() => undefined)
	const person = found?.get(phone)
	if (person?.lid) await deps.state.auth.learn(person.lid, person.jid.split('@')[0]!)
	if (person !== null) return person?.jid ?? to
	const advice = `The number ${phone} is not on WhatsApp. Check \`to\`.`
	throw new GatewayError('recipient_not_on_whatsapp', advice, { field: 'to' })
}
