import { proto } from '@whiskeysockets/baileys'
import type { Received } from '../phone/received.ts'
import { innerMessage, type ProtoMessage } from './proto.ts'

const { Type } = proto.Message.ProtocolMessage
const { Type: PinType } = proto.Message.PinInChatMessage

/** What a message does to another one, instead of being a bubble of its own. */
export type Change = { target: string } & (
	| { does: 'react'; emoji: string }
	| { does: 'edit'; message: ProtoMessage }
	| { does: 'delete' }
	| { does: 'vote'; options: string[] }
	| { does: 'respond'; response: string }
	| { does: 'pin'; on: boolean }
	| { does: 'keep'; on: boolean }
	/** It cannot be read: what it is about did not arrive here. */
	| { does: 'nothing' }
)

type Key = proto.IMessageKey | null | undefined

const on = (key: Key) => ({ target: key?.id ?? '' })

/** @returns undefined for a message that is a bubble */
export function changeIn({ message, opened, vote, response }: Received): Change | undefined {
	if (!message) return undefined
	const said = innerMessage(message)
	const sealed = said.secretEncryptedMessage ?? said.encReactionMessage
	if (sealed) return sealedChange(sealed, opened)
	if (said.pollUpdateMessage)
		return vote ? { target: vote.poll, does: 'vote', options: vote.options } : unknown
	if (said.encEventResponseMessage)
		return response
			? { target: response.event, does: 'respond', response: response.response }
			: unknown
	return plainChange(said)
}

const unknown: Change = { target: '', does: 'nothing' }

function sealedChange(
	sealed: { targetMessageKey?: Key },
	opened: ProtoMessage | undefined,
): Change | undefined {
	const target = on(sealed.targetMessageKey)
	if (!opened) return { ...target, does: 'nothing' }
	const said = innerMessage(opened)
	if (said.reactionMessage)
		return { ...target, does: 'react', emoji: said.reactionMessage.text ?? '' }
	return { ...target, does: 'edit', message: said.protocolMessage?.editedMessage ?? opened }
}

function plainChange(said: ProtoMessage): Change | undefined {
	const { reactionMessage, protocolMessage, pinInChatMessage, keepInChatMessage } = said
	if (reactionMessage)
		return { ...on(reactionMessage.key), does: 'react', emoji: reactionMessage.text ?? '' }
	if (pinInChatMessage) {
		const isOn = pinInChatMessage.type === PinType.PIN_FOR_ALL
		return { ...on(pinInChatMessage.key), does: 'pin', on: isOn }
	}
	if (keepInChatMessage) {
		const isOn = keepInChatMessage.keepType === proto.KeepType.KEEP_FOR_ALL
		return { ...on(keepInChatMessage.key), does: 'keep', on: isOn }
	}
	if (protocolMessage?.editedMessage)
		return { ...on(protocolMessage.key), does: 'edit', message: protocolMessage.editedMessage }
	const isDeletion = protocolMessage?.key && (protocolMessage.type ?? 0) === Type.REVOKE
	return isDeletion ? { ...on(protocolMessage.key), does: 'delete' } : undefined
}
