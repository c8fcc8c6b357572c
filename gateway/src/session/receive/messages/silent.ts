import { proto } from '@whiskeysockets/baileys'
import type { UnwrappedMessage } from './define.ts'

const { Type } = proto.Message.ProtocolMessage

/**
 * Protocol messages of which nothing is told, because no person has done anything. Whatever is not in this list is told,
 * at least as an `unknown` message.
 */
const silentTypes = new Set<proto.Message.ProtocolMessage.Type>([
	// The phone brings a linked device up to date. Baileys reads these itself.
	Type.HISTORY_SYNC_NOTIFICATION,
	Type.APP_STATE_SYNC_KEY_SHARE,
	Type.INITIAL_SECURITY_NOTIFICATION_SETTING_SYNC,
	Type.LID_MIGRATION_MAPPING_SYNC,
	// Linked devices ask the phone, and it answers. What an answer holds comes as a message of its own.
	Type.APP_STATE_SYNC_KEY_REQUEST,
	Type.APP_STATE_FATAL_EXCEPTION_NOTIFICATION,
	Type.MSG_FANOUT_BACKFILL_REQUEST,
	Type.PEER_DATA_OPERATION_REQUEST_MESSAGE,
	Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
	// The sender's device has finished an upload that it announced; a client opens a chat with a business or an AI.
	Type.MEDIA_NOTIFY_MESSAGE,
	Type.REQUEST_WELCOME_MESSAGE,
	Type.BOT_MEMU_ONBOARDING_MESSAGE,
	Type.AI_PSI_METADATA,
	Type.AI_QUERY_FANOUT,
	// WhatsApp's servers hand a business chat from one system to another.
	Type.CLOUD_API_THREAD_CONTROL_NOTIFICATION,
])

/** Whether a message is bookkeeping of devices: nothing is told of it, and nothing kept. */
export function isSilent({ message, content }: UnwrappedMessage, hasContent: boolean): boolean {
	// A sender key travels alone before the first message to a group.
	if (!hasContent) return carriesSenderKey(content)
	if (message.category === 'peer' && message.key.fromMe) return true
	const { protocolMessage: protocol } = content
	return !!protocol && silentTypes.has(protocol.type ?? Type.REVOKE)
}

const carriesSenderKey = (content: proto.IMessage) =>
	!!content.senderKeyDistributionMessage || !!content.fastRatchetKeySenderKeyDistributionMessage
