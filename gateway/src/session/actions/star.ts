import { chatModificationToAppPatch, isJidGroup } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { changeAppState } from '../app-state/change-app-state.ts'
import { toJid } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'

export type Star = {
	message_id: string
	star: boolean
	chat?: string | undefined
	from_me?: boolean | undefined
}

/**
 * Stars a message on all devices of the account, or takes the star back.
 * @throws GatewayError message_not_found if nobody knows which chat it is in, and those of `changeAppState`
 */
export async function starMessage(
	{ socket, messages }: SessionDeps,
	{ message_id: id, star, chat, from_me }: Star,
): Promise<void> {
	const record = await messages.get(id)
	const jid = chat === undefined ? record?.to : toJid(chat, 'chat')
	if (!jid) {
		const advice = `No message ${id} is kept: name its chat in \`chat\`.`
		throw new GatewayError('message_not_found', advice, { field: 'chat' })
	}
	const fromMe = record?.from_me ?? from_me ?? false
	const author = fromMe || !isJidGroup(jid) ? undefined : (await messages.content(id))?.sender
	const change = chatModificationToAppPatch({ star: { messages: [{ id, fromMe }], star } }, jid)
	// In groups WhatsApp names the author of others' messages; Baileys always says "0".
	await changeAppState(socket, { ...change, index: change.index.with(-1, author ?? '0') })
}
