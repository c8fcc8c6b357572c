import { chatModificationToAppPatch, isJidGroup } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import type { SessionDeps } from '../session-deps.ts'
import { changeShared } from './change-shared.ts'
import { findChat } from './chats/find-chat.ts'

export type DeleteForMe = { message_id: string; delete_media: boolean }

/**
 * Deletes a message on the devices of the account; others keep it.
 * @throws GatewayError message_not_found, and those of `changeAppState`
 */
export async function deleteForMe(
	deps: SessionDeps,
	{ message_id: id, delete_media: deleteMedia }: DeleteForMe,
): Promise<void> {
	const kept = (await deps.messages.many([id])).get(id)
	if (!kept) {
		const advice = `No message ${id} is kept: its chat and its time are not known.`
		throw new GatewayError('message_not_found', advice, { field: 'message_id' })
	}
	const { jid } = await findChat(deps, kept.to)
	const { from_me: fromMe, sender } = kept
	const timestamp = kept.at ?? Math.floor(Date.now() / 1000)
	const deletion = { deleteMedia, key: { id, fromMe }, timestamp }
	const change = chatModificationToAppPatch({ deleteForMe: deletion }, jid)
	// In groups WhatsApp names the author of others' messages; Baileys always says "0".
	const author = isJidGroup(jid) && !fromMe ? sender : undefined
	await changeShared(deps, [{ ...change, index: change.index.with(-1, author ?? '0') }])
}
