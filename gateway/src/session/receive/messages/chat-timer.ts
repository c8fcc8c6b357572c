import { isJidGroup, proto, toNumber } from '@whiskeysockets/baileys'
import type { Change } from '../../../storage/driver.ts'
import { isSinglePerson } from '../../identity.ts'
import { infoOf } from '../../../messages/context.ts'
import { originOf, type ReceiveDeps } from '../describe-message.ts'
import type { MessageReader, UnwrappedMessage } from './define.ts'

const { EPHEMERAL_SYNC_RESPONSE } = proto.Message.ProtocolMessage.Type

/** Somebody has set after how long new messages of a chat disappear. In a group, WhatsApp sends this as a message. */
export const readChatTimer: MessageReader = ({ message, content }, deps) => {
	const { chat, sender: by, from_me, timestamp } = originOf(message, deps)
	const { ephemeralExpiration, ephemeralSettingTimestamp, type } = content.protocolMessage!
	const expiration = ephemeralExpiration ?? 0
	// The metadata of a group have its timer.
	if (isJidGroup(chat.id))
		return { event: { type: 'group.updated', data: { chat, by, expiration } }, changes: [] }
	if (!isSinglePerson(chat)) return undefined
	const since = toNumber(ephemeralSettingTimestamp) || timestamp
	const changes = deps.timers.set(chat, { expiration, since })
	// A client repeats the timer to another one that seems not to know it.
	if (type === EPHEMERAL_SYNC_RESPONSE && !changes.length) return undefined
	const data = { chat, by, from_me, timestamp, expiration }
	return { event: { type: 'chat.updated', data }, changes }
}

/** Every message says which timer its sender knows, and since when: clients take over a newer one. */
export function followTimer({ message, content }: UnwrappedMessage, deps: ReceiveDeps): Change[] {
	const { expiration, ephemeralSettingTimestamp: since } = infoOf(content)
	const { chat } = originOf(message, deps)
	if (!since || !expiration || message.broadcast || !isSinglePerson(chat)) return []
	return deps.timers.set(chat, { expiration, since: toNumber(since) })
}
