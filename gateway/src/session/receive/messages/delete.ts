import { isJidGroup, jidNormalizedUser, type proto } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import { identityOf } from '../../identity.ts'
import type { Receiver } from '../describe-message.ts'
import type { Reading } from './define.ts'
import { aboutOf, targetOf } from './target-message.ts'

export const readDeletion: Reading = async (arrived, receiver) => {
	const { key } = arrived.content.protocolMessage!
	if (!key?.id) return undefined
	const about = aboutOf(key.id, arrived, receiver)
	const target = await targetOf(key.id, about.chat, receiver)
	const author = target?.author ?? authorIn(key, about.sender, receiver)
	const as_admin = author?.id !== about.sender.id
	// Only groups have admins.
	if (as_admin && !isJidGroup(about.chat.id)) return undefined
	const changes = target ? await receiver.messages.deleted(key.id, about.timestamp) : []
	return {
		happening: { type: 'message.deleted', data: { ...about, author, as_admin } },
		changes,
	}
}

/** Who wrote a message that nobody remembers, as the one says who deletes it. */
function authorIn(key: proto.IMessageKey, by: Identity, { otherName }: Receiver): Identity | null {
	if (key.participant) return identityOf(jidNormalizedUser(key.participant), otherName)
	return key.fromMe ? by : null
}
