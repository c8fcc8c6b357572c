import { proto, type WAMessage } from '@whiskeysockets/baileys'
import { kindOf, unwrap } from '../../../messages/wrappers.ts'
import type { Effect } from '../../effect.ts'
import type { ReceiveDeps } from '../describe-message.ts'
import type { ContentKind, MessageReader, UnwrappedMessage } from './define.ts'
import { readDelete } from './delete.ts'
import { readDisappearing } from './disappearing.ts'
import { readEdit } from './edit.ts'
import { readEventResponse } from './event-response.ts'
import { readKeep } from './keep.ts'
import { readMessage } from './message.ts'
import { readPin } from './pin.ts'
import { readReaction } from './reaction.ts'
import { readPollVote } from './poll-vote.ts'
import { readSecondFile } from './read-second-file.ts'
import { firstOf } from './second-file.ts'

/** Readers of content that acts on another message. Everything else is a message of its own. */
const readers: Partial<Record<ContentKind, MessageReader>> = {
	reactionMessage: readReaction,
	pollUpdateMessage: readPollVote,
	encEventResponseMessage: readEventResponse,
	pinInChatMessage: readPin,
	keepInChatMessage: readKeep,
}

const { Type } = proto.Message.ProtocolMessage
const protocolReaders: Partial<Record<proto.Message.ProtocolMessage.Type, MessageReader>> = {
	[Type.REVOKE]: readDelete,
	[Type.MESSAGE_EDIT]: readEdit,
	[Type.EPHEMERAL_SETTING]: readDisappearing,
}

/**
 * Reads a decrypted message. A message from the offline queue is read like a live one.
 * @returns its effect; undefined for bookkeeping between devices and for a message that was read before
 */
export async function interpretMessage(
	message: WAMessage,
	deps: ReceiveDeps,
): Promise<Effect | undefined> {
	const { id, remoteJid, participant } = message.key
	if (!id || !remoteJid || !message.message) return undefined
	const unwrapped = { message, ...unwrap(message.message) }
	if (!kindOf(unwrapped.content)) return undefined
	const firstSight = await deps.messages.firstSight(remoteJid, participant ?? '', id)
	if (!firstSight) return undefined
	const effect = await readerOf(unwrapped)(unwrapped, deps)
	return { ...effect, changes: [firstSight, ...(effect?.changes ?? [])] }
}

/** The changes that a message of ours makes to other kept messages: WhatsApp does not send it back to us. */
export async function changesOfSent(message: WAMessage, deps: ReceiveDeps) {
	const unwrapped = { message, ...unwrap(message.message ?? {}) }
	const read = readerOf(unwrapped)
	return read === readMessage ? [] : ((await read(unwrapped, deps))?.changes ?? [])
}

function readerOf({ content }: UnwrappedMessage): MessageReader {
	if (firstOf(content)) return readSecondFile
	const { protocolMessage: protocol } = content
	const reader = protocol
		? protocolReaders[protocol.type ?? Type.REVOKE]
		: readers[kindOf(content)!]
	return reader ?? readMessage
}
