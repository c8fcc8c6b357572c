import { isLidUser, jidNormalizedUser, proto } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import type { MessageReference, EncryptedAnswer, ContentDeps } from '../../messages/define.ts'
import { unwrap } from '../../messages/wrappers.ts'
import { addressingIn, hasManyAuthors, jidAs } from '../chat-addressing.ts'
import { identityOf, isOther, toJid } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'
import type { MessageStore } from '../state/messages.ts'
import { encryptVote, encryptEventResponse } from './poll-crypto.ts'

/** What is known of the earlier messages that a message speaks of. */
export type ResolvedReferences = Pick<ContentDeps, 'keys' | 'earlier' | 'encrypt'> & {
	/** Who saw them, if they are statuses: what is done to one concerns the same people. */
	audience: string[] | undefined
}

type Reference = {
	id: string
	key: proto.IMessageKey
	/** A jid, if it is known. */
	author: string | undefined
	message?: proto.IMessage
	viewOnce?: boolean
	audience?: string[] | undefined
}

/**
 * Looks up the earlier messages that are referred to.
 * @param chat the jid of the chat that a reference is in unless it says otherwise
 * @throws GatewayError message_not_found for one that cannot be done without, invalid_recipient
 */
export async function resolveReferences(
	references: MessageReference[],
	chat: string,
	{ socket, messages, groups, otherName }: SessionDeps,
): Promise<ResolvedReferences> {
	const { keepDays } = messages
	const found = new Map<string, Reference>()
	for (const reference of references) found.set(reference.field, await find(reference))
	const all = [...found]
	return {
		keys: Object.fromEntries(all.map(([field, { key }]) => [field, key])),
		earlier: Object.fromEntries(all.map(([field, one]) => [field, earlierOf(one)])),
		audience: all.map(([, { audience }]) => audience).find((people) => people),
		encrypt: (field, answer) => encrypt(field, found.get(field)!, answer),
	}

	async function find(reference: MessageReference): Promise<Reference> {
		const { id, chat: other, fromMe: assumed, author: said } = reference
		const [record, stored] = await Promise.all([messages.get(id), messages.content(id)])
		if (reference.needed && !stored) throw notFound(reference, keepDays)
		const remoteJid = other ? toJid(other.recipient, other.field) : chat
		// What is forwarded may be of any chat.
		if (record && !reference.needed && isElsewhere(record, remoteJid)) throw inOtherChat(reference)
		const called = await addressingIn(remoteJid, { groups, otherName })
		const writer = said?.recipient === undefined ? undefined : toJid(said.recipient, said.field)
		const fromMe = record?.from_me ?? (writer ? isMe(writer) : assumed)
		const sender = stored?.sender ?? writer ?? (hasManyAuthors(remoteJid) ? undefined : remoteJid)
		const author = fromMe ? called(me()) : sender && called(jidNormalizedUser(sender))
		if (said && !author)
			throw notFound(reference, keepDays, `, or say with \`${said.field}\` who wrote it`)
		// Where only one other writes, nobody has to be named.
		const participant = hasManyAuthors(remoteJid) ? author : undefined
		const key = { remoteJid, id, fromMe, ...(participant && { participant }) }
		return { id, key, author, ...(stored && { ...stored, ...unwrapped(stored.message) }) }
	}

	function isElsewhere({ to }: { to: string }, remoteJid: string): boolean {
		return isOther(identityOf(to, otherName), identityOf(remoteJid, otherName))
	}

	function me(): string {
		return jidNormalizedUser(socket.user!.id)
	}

	function isMe(jid: string): boolean {
		return [me(), jidNormalizedUser(socket.user!.lid)].includes(jid)
	}

	function encrypt(
		field: string,
		{ id, author, message, key }: Reference,
		answer: EncryptedAnswer,
	) {
		const secret = message?.messageContextInfo?.messageSecret
		if (!author || !secret?.length) throw notFound({ field, id }, keepDays)
		if ('vote' in answer) {
			const kind = isLidUser(author) ? 'lid' : 'phone'
			return encryptVote(answer.vote, {
				id,
				secret,
				creator: author,
				responder: jidAs(me(), kind, otherName),
			})
		}
		// Clients reckon with phone numbers here, even where a chat has hidden ids.
		const creator = key.fromMe ? me() : jidAs(author, 'phone', otherName)
		return encryptEventResponse(answer.response, { id, secret, creator, responder: me() })
	}
}

function unwrapped(message: proto.IMessage) {
	const { content, viewOnce } = unwrap(message)
	return { message: content, viewOnce }
}

function earlierOf({ key, message, viewOnce }: Reference) {
	return message && { content: message, viewOnce: viewOnce === true, fromMe: key.fromMe === true }
}

function inOtherChat({ field, id, chat }: MessageReference): GatewayError {
	const advice = `Message ${id} is not in this chat: it was exchanged in another one. Check \`${field}\` and \`${chat?.field ?? 'to'}\`.`
	return new GatewayError('message_not_found', advice, { field })
}

function notFound(
	{ field, id }: { field: string; id: string },
	{ messages, questions }: MessageStore['keepDays'],
	orElse = '',
): GatewayError {
	const advice = `No message ${id} is kept: messages are kept for ${messages} days, polls and events for ${questions}. Check \`${field}\`${orElse}.`
	return new GatewayError('message_not_found', advice, { field })
}
