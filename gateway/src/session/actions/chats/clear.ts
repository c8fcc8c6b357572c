import { chatModificationToAppPatch, isJidGroup } from '@whiskeysockets/baileys'
import { GatewayError, isGatewayError } from '../../../errors.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeShared } from '../change-shared.ts'
import { findChat } from './find-chat.ts'
import { lastMessagesOf } from './message-range.ts'

export type Clearing = { keep_starred: boolean; delete_media: boolean }

const said = (is: boolean) => (is ? '1' : '0')

/** Removes the messages of a chat from the devices of the account. */
export async function clearChat(deps: SessionDeps, jid: string, clearing: Clearing): Promise<void> {
	const chat = await findChat(deps, jid)
	const lastMessages = lastMessagesOf(deps, chat)
	const change = chatModificationToAppPatch({ clear: true, lastMessages }, chat.jid)
	// Whether starred messages go as well, and whether files do; Baileys always says the same.
	const { keep_starred: keepStarred, delete_media: deleteMedia } = clearing
	const index = ['clearChat', chat.jid, said(!keepStarred), said(deleteMedia)]
	await changeShared(deps, [{ ...change, index }])
}

/**
 * Removes a chat from the list, with its messages.
 * @throws GatewayError whatsapp_conflict for a group that the account is still in
 */
export async function deleteChat(deps: SessionDeps, jid: string): Promise<void> {
	const chat = await findChat(deps, jid)
	if (isJidGroup(chat.jid) && (await isMember(deps, chat.jid))) {
		const advice = 'The account is in this group. Leave it first: POST …/groups/{jid}/leave.'
		throw new GatewayError('whatsapp_conflict', advice)
	}
	const lastMessages = lastMessagesOf(deps, chat)
	const change = chatModificationToAppPatch({ delete: true, lastMessages }, chat.jid)
	await changeShared(deps, [change])
}

async function isMember({ groups }: SessionDeps, jid: string): Promise<boolean> {
	return groups.get(jid).then(
		() => true,
		(error: unknown) => {
			const isOut =
				isGatewayError(error, 'whatsapp_forbidden') || isGatewayError(error, 'whatsapp_not_found')
			if (isOut) return false
			throw error
		},
	)
}
