import { isJidGroup, isJidNewsletter } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import type { Identity } from '../../../events/identity.ts'
import { identityOf, jidsOf, toJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import type { SessionState } from '../../state/index.ts'

/** A chat that the session knows. */
export type KnownChat = {
	identity: Identity
	/** As the account's phone names it. */
	jid: string
}

/**
 * Finds a chat by any of its names. One without messages is known as well if the phone has told of it, if the person is
 * a contact, or if the account is in the group.
 * @throws GatewayError invalid_recipient, chat_not_found, and WhatsApp's refusal for a group that the account is not in
 */
export async function findChat(deps: SessionDeps, chat: string, field = 'jid'): Promise<KnownChat> {
	const given = toJid(chat, field)
	const identity = identityOf(given, deps.otherName)
	if (!isKnownChat(deps.state, identity)) {
		if (isJidGroup(given)) await deps.groups.get(given)
		else if (!isJidNewsletter(given)) throw chatNotFound(chat)
	}
	return { identity, jid: deps.state.chatStates.of(identity).jid ?? given }
}

/** Whether messages were exchanged in a chat, the phone has told of it, or the person is a contact. */
export function isKnownChat(
	{ messages, chatStates, contacts }: Pick<SessionState, 'messages' | 'chatStates' | 'contacts'>,
	chat: Identity,
): boolean {
	const isListed = (ids: string[]) => jidsOf(chat).some((jid) => ids.includes(jid))
	if (messages.chats.of(chat.id) || isListed(chatStates.ids())) return true
	return isListed(contacts.ids())
}

export function chatNotFound(chat: string): GatewayError {
	const advice = `The session knows no chat \`${chat.slice(0, 60)}\`. List the chats with GET …/chats.`
	return new GatewayError('chat_not_found', advice, { field: 'jid' })
}
