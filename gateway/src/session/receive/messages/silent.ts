import { proto } from '@whiskeysockets/baileys'
import { kindOf } from '../../../messages/wrappers.ts'
import type { ContentKind, UnwrappedMessage } from './define.ts'

const { Type } = proto.Message.ProtocolMessage

const OWN_DEVICE = 'A device of the account brings another one up to date, and Baileys reads it.'
const SENDER_KEY = 'A sender key travels alone before the first message to a group.'
const NO_TARGET = 'It names no message: phones do nothing either.'

/** Content that is no event, and why. Whatever is in none of these lists is told, at least as an `unknown` message. */
export const silentKinds: Partial<Record<ContentKind, string>> = {
	senderKeyDistributionMessage: SENDER_KEY,
	fastRatchetKeySenderKeyDistributionMessage: SENDER_KEY,
	stickerSyncRmrMessage: 'A device asks another one of its account for the files of stickers.',
}

/** Protocol messages that are no event, and why. */
export const silentTypes: Partial<Record<proto.Message.ProtocolMessage.Type, string>> = {
	[Type.HISTORY_SYNC_NOTIFICATION]: OWN_DEVICE,
	[Type.APP_STATE_SYNC_KEY_SHARE]: OWN_DEVICE,
	[Type.INITIAL_SECURITY_NOTIFICATION_SETTING_SYNC]: OWN_DEVICE,
	[Type.LID_MIGRATION_MAPPING_SYNC]: OWN_DEVICE,
	[Type.APP_STATE_SYNC_KEY_REQUEST]: 'A device asks the phone for keys.',
	[Type.APP_STATE_FATAL_EXCEPTION_NOTIFICATION]:
		'A device reports an error of its own to the phone.',
	[Type.MSG_FANOUT_BACKFILL_REQUEST]: 'A device asks the phone for messages.',
	[Type.PEER_DATA_OPERATION_REQUEST_MESSAGE]: 'A device asks the phone for data.',
	[Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE]:
		'The phone answers such a request. A message in it comes as a message of its own.',
	[Type.MEDIA_NOTIFY_MESSAGE]: 'The device of a sender has finished an upload that it announced.',
	[Type.REQUEST_WELCOME_MESSAGE]: 'A phone asks a bot for its greeting, which is a message.',
	[Type.BOT_FEEDBACK_MESSAGE]: 'Somebody rates the answer of an AI, for WhatsApp.',
	[Type.BOT_MEMU_ONBOARDING_MESSAGE]: 'A phone sets up an AI.',
	[Type.AI_PSI_METADATA]: 'Data for an AI.',
	[Type.AI_QUERY_FANOUT]: 'A copy of what was asked of an AI, which is a message.',
}

/** Actions on messages that are no event in some cases, which are those, and why. */
export const actionsWithoutEffect: Partial<Record<ContentKind, string>> = {
	reactionMessage: NO_TARGET,
	pinInChatMessage: NO_TARGET,
	keepInChatMessage: NO_TARGET,
	pollUpdateMessage: NO_TARGET,
	encEventResponseMessage: NO_TARGET,
	protocolMessage:
		'It edits or deletes no message, or the message of another person; it repeats the timer that a chat has; or it labels a member of no group.',
}

/** Why no event tells of a message; undefined if one does. */
export function reasonForSilence({ message, content }: UnwrappedMessage): string | undefined {
	const kind = kindOf(content)
	if (!kind)
		return content.senderKeyDistributionMessage ||
			content.fastRatchetKeySenderKeyDistributionMessage
			? SENDER_KEY
			: undefined
	if (message.category === 'peer' && message.key.fromMe) return OWN_DEVICE
	const { protocolMessage: protocol } = content
	return protocol ? silentTypes[protocol.type ?? Type.REVOKE] : silentKinds[kind]
}
