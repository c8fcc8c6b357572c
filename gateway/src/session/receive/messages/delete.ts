import { isJidGroup, type proto } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import { identityOf, isSame } from '../../identity.ts'
import type { ReceiveDeps } from '../describe-message.ts'
import { ADMIN_DELETION, type EditMark } from '../envelope.ts'
import type { MessageReader } from './define.ts'
import { targetFields, findTarget } from './target-message.ts'

export const readDelete: MessageReader = async (unwrapped, deps) => {
	const { key } = unwrapped.content.protocolMessage!
	if (!key?.id) return undefined
	const about = targetFields(key.id, unwrapped, deps)
	const target = await findTarget(key.id, about.chat, deps)
	const author = target?.author ?? authorIn(key, about.sender, deps)
	const as_admin = !author || !isSame(author, about.sender)
	if (as_admin && !(isJidGroup(about.chat.id) && mayBeOfAdmin(unwrapped.message))) return undefined
	const changes = await deps.messages.deleted(key.id, about.timestamp)
	return {
		event: { type: 'message.deleted', data: { ...about, author, as_admin } },
		changes,
	}
}

/** False if WhatsApp's server has not checked that an admin deletes: anybody could say so in the content. */
const mayBeOfAdmin = ({ edit }: EditMark) => edit === undefined || edit === ADMIN_DELETION

/** The author of a message that is not kept, by the key in the deletion. */
function authorIn(
	key: proto.IMessageKey,
	by: Identity,
	{ otherName }: ReceiveDeps,
): Identity | null {
	if (key.participant) return identityOf(key.participant, otherName)
	return key.fromMe ? by : null
}
