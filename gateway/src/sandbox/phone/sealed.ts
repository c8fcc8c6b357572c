import { proto } from '@whiskeysockets/baileys'
import { contentOf } from './content.ts'
import { messageKeyOf, ownJidIn, type FoundMessage } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import { plainEdit } from './message-actions.ts'
import { decryptWithSecret, encryptWithSecret, type Purpose } from './message-secret.ts'
import { PhoneError } from './phone-error.ts'

const { Message } = proto
const { SecretEncType } = Message.SecretEncryptedMessage

/** Encrypts for those who have the message, in the names that its chat uses. */
const seal = (context: PhoneContext, known: FoundMessage, purpose: Purpose, plain: Uint8Array) => ({
	targetMessageKey: messageKeyOf(known),
	...encryptWithSecret(
		known,
		purpose,
		{ creator: known.author, responder: ownJidIn(context, known.chat) },
		plain,
	),
})

/** An edit as phones send it now. */
export function sealedEdit(
	context: PhoneContext,
	known: FoundMessage,
	text: string,
): proto.IMessage {
	const plain = Message.encode(plainEdit(known, text)).finish()
	return {
		secretEncryptedMessage: {
			...seal(context, known, 'Message Edit', plain),
			secretEncType: SecretEncType.MESSAGE_EDIT,
		},
	}
}

/** An edit of an event. @param changes the fields that are different now */
export function sealedEventEdit(
	context: PhoneContext,
	known: FoundMessage,
	changes: proto.Message.IEventMessage,
): proto.IMessage {
	const { eventMessage } = contentOf(known.message)
	if (!eventMessage) throw new PhoneError(`Message ${known.id} is not an event.`)
	const plain = Message.encode({ eventMessage: { ...eventMessage, ...changes } }).finish()
	return {
		secretEncryptedMessage: {
			...seal(context, known, 'Event Edit', plain),
			secretEncType: SecretEncType.EVENT_EDIT,
		},
	}
}

/** A reaction as phones send it in the groups of communities. @param emoji '' takes it back */
export function sealedReaction(
	context: PhoneContext,
	known: FoundMessage,
	emoji: string,
): proto.IMessage {
	const said = { text: emoji, senderTimestampMs: Date.now() }
	const plain = Message.ReactionMessage.encode(said).finish()
	return { encReactionMessage: seal(context, known, 'Enc Reaction', plain) }
}

/** A comment on an announcement of a community. */
export function sealedComment(
	context: PhoneContext,
	known: FoundMessage,
	comment: proto.IMessage,
): proto.IMessage {
	const plain = Message.encode(comment).finish()
	return { encCommentMessage: seal(context, known, 'Enc Comment', plain) }
}

type Sealed = {
	purpose: Purpose
	envelope: {
		targetMessageKey?: proto.IMessageKey | null
		encIv?: Uint8Array | null
		encPayload?: Uint8Array | null
	}
	read: (plain: Uint8Array) => proto.IMessage
}

function sealedIn(message: proto.IMessage): Sealed | undefined {
	const { secretEncryptedMessage: edit, encReactionMessage, encCommentMessage } = contentOf(message)
	const read = (plain: Uint8Array) => Message.decode(plain)
	if (edit?.secretEncType === SecretEncType.MESSAGE_EDIT)
		return { purpose: 'Message Edit', envelope: edit, read }
	if (edit?.secretEncType === SecretEncType.EVENT_EDIT)
		return { purpose: 'Event Edit', envelope: edit, read }
	if (encCommentMessage) return { purpose: 'Enc Comment', envelope: encCommentMessage, read }
	if (encReactionMessage)
		return {
			purpose: 'Enc Reaction',
			envelope: encReactionMessage,
			read: (plain) => ({ reactionMessage: Message.ReactionMessage.decode(plain) }),
		}
	return undefined
}

/** What a sealed edit, reaction or comment says, if the phone has the message that it is about. */
export function openSealed(
	context: PhoneContext,
	message: proto.IMessage,
	from: string,
	find: (id: string) => FoundMessage | undefined,
): { opened: proto.IMessage } | undefined {
	const sealed = sealedIn(message)
	const known = sealed && find(sealed.envelope.targetMessageKey?.id ?? '')
	const plain = known && decryptWithSecret(context, known, sealed.purpose, from, sealed.envelope)
	return plain && { opened: sealed.read(plain) }
}
