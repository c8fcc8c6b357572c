import { isJidGroup } from '@whiskeysockets/baileys'
import { originOf } from '../describe-message.ts'
import type { Reading } from './define.ts'

/** Whether messages of a group disappear. WhatsApp tells it as if it were a message. */
export const readDisappearing: Reading = ({ message, content }, receiver) => {
	const { chat, sender: by } = originOf(message, receiver)
	if (!isJidGroup(chat.id)) return undefined
	const expiration = content.protocolMessage?.ephemeralExpiration ?? 0
	return { happening: { type: 'group.updated', data: { chat, by, expiration } }, changes: [] }
}
