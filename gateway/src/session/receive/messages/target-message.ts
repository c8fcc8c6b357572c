import type { proto } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import { readContent, type Said } from '../../../messages/index.ts'
import { unwrap } from '../../../messages/wrappers.ts'
import { identityOf, isSame } from '../../identity.ts'
import { originOf, type ReceiveDeps } from '../describe-message.ts'
import type { UnwrappedMessage } from './define.ts'

/** A kept message that another message acts on. */
export type TargetMessage = {
	author: Identity
	content: proto.IMessage
	said: Said
	secret: Uint8Array | undefined
}

/** The fields that every event about an action on a message has. */
export function targetFields(id: string, { message }: UnwrappedMessage, deps: ReceiveDeps) {
	return { message_id: id, ...originOf(message, deps) }
}

/** The message with this id; undefined if it is not kept, or is in another chat. */
export async function findTarget(
	id: string,
	chat: Identity,
	{ messages, me, otherName }: ReceiveDeps,
): Promise<TargetMessage | undefined> {
	const [record, stored] = await Promise.all([messages.get(id), messages.content(id)])
	if (!record || !stored) return undefined
	const home = identityOf(record.to, otherName)
	if (!isSame(home, chat)) return undefined
	const { content } = unwrap(stored.message)
	const own = record.from_me ? me() : null
	const author = stored.sender ? identityOf(stored.sender, otherName) : home
	return {
		author: own ?? author,
		content: stored.message,
		said: readContent(content),
		secret: content.messageContextInfo?.messageSecret ?? undefined,
	}
}
