import { isJidGroup } from '@whiskeysockets/baileys'
import { originOf } from '../describe-message.ts'
import type { MessageReader } from './define.ts'

/** A change of a group's disappearing messages, which WhatsApp sends as a message. */
export const readDisappearing: MessageReader = ({ message, content }, deps) => {
	const { chat, sender: by } = originOf(message, deps)
	if (!isJidGroup(chat.id)) return undefined
	const expiration = content.protocolMessage?.ephemeralExpiration ?? 0
	return { event: { type: 'group.updated', data: { chat, by, expiration } }, changes: [] }
}
