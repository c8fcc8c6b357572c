import { isJidGroup, type proto } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import { identityOf, isSame } from '../../identity.ts'
import type { ReceiveDeps } from '../describe-message.ts'
import type { MessageReader } from './define.ts'
import { targetFields, findTarget } from './target-message.ts'

export const readDelete: MessageReader = async (unwrapped, deps) => {
	const { key } = unwrapped.content.protocolMessage!
	if (!key?.id) return undefined
	const about = targetFields(key.id, unwrapped, deps)
	const target = await findTarget(key.id, about.chat, deps)
	const author = target?.author ?? authorIn(key, about.sender, deps)
	const as_admin = !author || !isSame(author, about.sender)
	// Only groups have admins.
	if (as_admin && !isJidGroup(about.chat.id)) return undefined
	const changes = target ? await deps.messages.deleted(key.id, about.timestamp) : []
	return {
		event: { type: 'message.deleted', data: { ...about, author, as_admin } },
		changes,
	}
}

/** The author of a message that is not kept, by the key in the deletion. */
function authorIn(
	key: proto.IMessageKey,
	by: Identity,
	{ otherName }: ReceiveDeps,
): Identity | null {
	if (key.participant) return identityOf(key.participant, otherName)
	return key.fromMe ? by : null
}
