import { proto } from '@whiskeysockets/baileys'

const { SecretEncType } = proto.Message.SecretEncryptedMessage

/** Wrappers, which hold another message and say only how it is shown. */
const WRAPPERS = [
	'ephemeralMessage',
	'viewOnceMessage',
	'viewOnceMessageV2',
	'viewOnceMessageV2Extension',
	'documentWithCaptionMessage',
	'editedMessage',
	'groupMentionedMessage',
	'botInvokeMessage',
	'lottieStickerMessage',
	'pollCreationMessageV4',
	'associatedChildMessage',
] as const

/** The message within, however often it is wrapped. */
export function contentOf(message: proto.IMessage): proto.IMessage {
	for (const wrapper of WRAPPERS) {
		const inner = message[wrapper]?.message
		if (inner) return contentOf(inner)
	}
	return message
}

/** The poll in a message, in any of its versions. */
export function pollOf(message: proto.IMessage): proto.Message.IPollCreationMessage | undefined {
	const content = contentOf(message)
	const { pollCreationMessage, pollCreationMessageV2, pollCreationMessageV3 } = content
	const newest = pollCreationMessageV3 ?? content.pollCreationMessageV5
	return pollCreationMessage ?? pollCreationMessageV2 ?? newest ?? undefined
}

const isMedia = (name: string) =>
	/^(image|video|ptv|audio|document|sticker|location|liveLocation|contact|contactsArray|product|album)Message$/.test(
		name,
	)

/** The attributes of a stanza that describe its message: the server cannot decrypt it. */
export function stanzaPartsOf(message: proto.IMessage) {
	const content = contentOf(message)
	return { type: typeOf(content), edit: editOf(content), meta: metaOf(content) }
}

function typeOf(content: proto.IMessage): string {
	if (content.reactionMessage || content.encReactionMessage) return 'reaction'
	if (pollOf(content) || content.pollUpdateMessage) return 'poll'
	if (content.eventMessage || content.encEventResponseMessage || isEventEdit(content))
		return 'event'
	const names = Object.entries(content).filter(([, value]) => value)
	return names.some(([name]) => isMedia(name)) ? 'media' : 'text'
}

const isEventEdit = ({ secretEncryptedMessage }: proto.IMessage) =>
	secretEncryptedMessage?.secretEncType === SecretEncType.EVENT_EDIT

function editOf(content: proto.IMessage) {
	const { protocolMessage, reactionMessage, pinInChatMessage, secretEncryptedMessage } = content
	if (secretEncryptedMessage) return 1
	if (pinInChatMessage) return 2
	if (reactionMessage?.text === '') return 7
	const { key, editedMessage, type } = protocolMessage ?? {}
	if (editedMessage) return 1
	// An admin deletes a message of another person.
	if (key && type === 0) return key.fromMe ? 7 : 8
	return undefined
}

function metaOf(content: proto.IMessage): Record<string, string> | undefined {
	if (pollOf(content)) return { polltype: 'creation' }
	if (content.pollUpdateMessage) return { polltype: 'vote' }
	if (content.eventMessage) return { event_type: 'creation' }
	if (content.encEventResponseMessage) return { event_type: 'response' }
	return undefined
}
