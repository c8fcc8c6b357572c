import { isJidGroup } from '@whiskeysockets/baileys'
import { originOf } from '../describe-message.ts'
import type { MessageReader } from './define.ts'

/** A member of a group has changed the label that the group shows beside their name. */
export const readMemberLabel: MessageReader = ({ message, content }, deps) => {
	const { chat, sender: by } = originOf(message, deps)
	if (!isJidGroup(chat.id)) return undefined
	const member_label = content.protocolMessage?.memberLabel?.label ?? ''
	return { event: { type: 'group.updated', data: { chat, by, member_label } }, changes: [] }
}
