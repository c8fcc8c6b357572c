import { isJidGroup, isLidUser, isPnUser } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { askWhatsApp } from '../ask/ask-whatsapp.ts'
import { identityOf, toJid } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'
import { changeGroup } from './groups/change.ts'

/** Sets after how many seconds new messages of a chat disappear; 0 for never. */
export async function setDisappearing(deps: SessionDeps, chat: string, seconds: number) {
	const { socket, state, otherName } = deps
	const jid = toJid(chat, 'jid')
	if (isJidGroup(jid)) {
		const toggle = () => askWhatsApp(() => socket.groupToggleEphemeral(jid, seconds))
		return changeGroup(deps, jid, toggle)
	}
	if (!isPnUser(jid) && !isLidUser(jid)) {
		const advice = 'Messages disappear in chats with people and in groups only.'
		throw new GatewayError('invalid_recipient', advice, { field: 'jid' })
	}
	await askWhatsApp(() => socket.sendMessage(jid, { disappearingMessagesInChat: seconds }))
	const since = Math.floor(Date.now() / 1000)
	await state.commit(state.timers.set(identityOf(jid, otherName), { expiration: seconds, since }))
}
