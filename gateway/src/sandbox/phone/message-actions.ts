import { proto } from '@whiskeysockets/baileys'
import { withContextInfo } from './context-info.ts'
import { messageKeyOf, quoting, type FoundMessage } from './find-message.ts'

const { Type: ProtocolType } = proto.Message.ProtocolMessage
const { Type: PinType } = proto.Message.PinInChatMessage

/** @param emoji '' takes the reaction back */
export const reaction = (to: FoundMessage, emoji: string): proto.IMessage => ({
	reactionMessage: { key: messageKeyOf(to), text: emoji, senderTimestampMs: Date.now() },
})

/** An edit; where it is not sealed it is sent in a wrapper. */
export const plainEdit = (of: FoundMessage, text: string): proto.IMessage => ({
	protocolMessage: {
		key: messageKeyOf(of),
		type: ProtocolType.MESSAGE_EDIT,
		editedMessage: { conversation: text },
		timestampMs: Date.now(),
	},
})

export const wrappedEdit = (of: FoundMessage, text: string): proto.IMessage => ({
	editedMessage: { message: plainEdit(of, text) },
})

/** Deletes a message for everyone. */
export const deletion = (of: FoundMessage): proto.IMessage => ({
	protocolMessage: { key: messageKeyOf(of), type: ProtocolType.REVOKE },
})

/** @param seconds for how long; 0 unpins */
export const pin = (of: FoundMessage, seconds: number): proto.IMessage => ({
	pinInChatMessage: {
		key: messageKeyOf(of),
		type: seconds ? PinType.PIN_FOR_ALL : PinType.UNPIN_FOR_ALL,
		senderTimestampMs: Date.now(),
	},
	messageContextInfo: { messageAddOnDurationInSecs: seconds },
})

/** Keeps a message in a chat where messages disappear, or keeps it no longer. */
export const keep = (of: FoundMessage, kept: boolean): proto.IMessage => ({
	keepInChatMessage: {
		key: messageKeyOf(of),
		keepType: kept ? proto.KeepType.KEEP_FOR_ALL : proto.KeepType.UNDO_KEEP_FOR_ALL,
		timestampMs: Date.now(),
	},
})

/** The same message as a reply to another one. */
export const reply = (to: FoundMessage, message: proto.IMessage): proto.IMessage =>
	withContextInfo(message, quoting(to))
