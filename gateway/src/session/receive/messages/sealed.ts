import { proto } from '@whiskeysockets/baileys'
import { kindOf, unwrap } from '../../../messages/wrappers.ts'
import type { ReceiveDeps } from '../describe-message.ts'
import type { UnwrappedMessage } from './define.ts'
import { decryptWithSecret, type Encrypted, type Purpose } from './secrets.ts'
import { addedOptionIn, withOption } from './poll-option.ts'
import { findTarget, targetFields, type TargetMessage } from './target-message.ts'

type TargetKey = proto.IMessageKey | null | undefined

/** A content that is encrypted with the secret of the message that it is about. */
type Sealed = {
	/** The message that it is about. */
	key: TargetKey
	encrypted: Encrypted
	/** Empty for an encryption that is not known here. */
	purposes: Purpose[]
	/** The same content as it would have come without this encryption; undefined if the plaintext is none. */
	contentOf(plain: Uint8Array, target: TargetMessage): proto.IMessage | undefined
	byAnyone?: boolean
}

/** Why a sealed content cannot be read. */
export type SealedFailure = {
	target: string | null
	detail: string
	/** Whether the message that it is about is not there: it may still come. */
	early: boolean
}

const { Type } = proto.Message.ProtocolMessage

// SecretEncryptedMessage.SecretEncType; Baileys' proto ends with 2. A 3 schedules a message, and nobody has documented it.
const editPurposes: Record<number, Purpose[]> = {
	1: ['Event Edit'],
	2: ['Message Edit'],
	4: ['Poll Edit'],
}
const POLL_ADD_OPTION = 5

/**
 * Opens a content that is encrypted with the secret of the message that it is about: an edit, a reaction, a comment.
 * Any other content is returned as it is.
 */
export async function unseal(
	unwrapped: UnwrappedMessage,
	deps: ReceiveDeps,
): Promise<UnwrappedMessage | SealedFailure> {
	const sealed = sealedIn(unwrapped.content)
	if (!sealed) return unwrapped
	const { key, encrypted, purposes, contentOf, byAnyone } = sealed
	const target = key?.id ?? null
	const failure = (detail: string, early = false) => ({ target, detail, early })
	if (target === null) return failure('It does not name the message that it is about.')
	if (!purposes.length)
		return failure('It is encrypted for a purpose that the gateway does not know.')
	const { chat, sender } = targetFields(target, unwrapped, deps)
	const known = await findTarget(target, chat, deps)
	if (!known) return failure('The message that it is about is not kept.', true)
	const { author, secret } = known
	if (!secret?.length) return failure('The message that it is about came without a secret.')
	const sealing = { id: target, secret, author, sender }
	for (const purpose of purposes) {
		const plain = decryptWithSecret(encrypted, purpose, sealing)
		const content = plain && readable(() => contentOf(plain, known))
		if (content) return { ...opened(unwrapped, content), ...(byAnyone && { byAnyone }) }
	}
	return failure('The secret of the message that it is about does not open it.')
}

function opened({ message }: UnwrappedMessage, content: proto.IMessage): UnwrappedMessage {
	return { message: { ...message, message: content }, ...unwrap(content) }
}

function sealedIn(content: proto.IMessage): Sealed | undefined {
	const { secretEncryptedMessage: edit, encReactionMessage, encCommentMessage } = content
	if (edit && Number(edit.secretEncType) === POLL_ADD_OPTION) {
		const key = edit.targetMessageKey
		const purposes: Purpose[] = ['Poll Add Option', 'Poll Edit']
		const contentOf = (plain: Uint8Array, poll: TargetMessage) => {
			const option = addedOptionIn(plain)
			const editedMessage = option && withOption(poll.content, option)
			return editedMessage ? editOf(key, editedMessage) : undefined
		}
		return { key, encrypted: edit, purposes, contentOf, byAnyone: true }
	}
	if (edit) {
		const key = edit.targetMessageKey
		const purposes = editPurposes[Number(edit.secretEncType ?? 0)] ?? []
		return { key, encrypted: edit, purposes, contentOf: (plain) => editIn(plain, key) }
	}
	if (encReactionMessage) {
		const key = encReactionMessage.targetMessageKey
		const contentOf = (plain: Uint8Array) => ({
			reactionMessage: { ...proto.Message.ReactionMessage.decode(plain), key },
		})
		return { key, encrypted: encReactionMessage, purposes: ['Enc Reaction'], contentOf }
	}
	if (encCommentMessage) {
		const targetMessageKey = encCommentMessage.targetMessageKey
		const contentOf = (plain: Uint8Array) => ({
			commentMessage: { message: proto.Message.decode(plain), targetMessageKey },
		})
		const purposes: Purpose[] = ['Enc Comment']
		return { key: targetMessageKey, encrypted: encCommentMessage, purposes, contentOf }
	}
	return undefined
}

/** The edit in a plaintext, which is one, or the new content itself. The key is that of the envelope: it was checked. */
function editIn(plain: Uint8Array, key: TargetKey): proto.IMessage | undefined {
	const { content } = unwrap(proto.Message.decode(plain))
	const { protocolMessage: protocol } = content
	const editedMessage = protocol ? protocol.editedMessage : content
	if (!editedMessage || !kindOf(unwrap(editedMessage).content)) return undefined
	return editOf(key, editedMessage)
}

const editOf = (key: TargetKey, editedMessage: proto.IMessage): proto.IMessage => ({
	protocolMessage: { key, type: Type.MESSAGE_EDIT, editedMessage },
})

/** A plaintext that is no protobuf message is none that can be read. */
function readable(read: () => proto.IMessage | undefined) {
	try {
		return read()
	} catch {
		return undefined
	}
}
