import { proto, type WAMessage } from '@whiskeysockets/baileys'
import { kindOf, partsOfContent, unwrap } from '../../../messages/wrappers.ts'
import type { Change } from '../../../storage/driver.ts'
import type { Effect } from '../../effect.ts'
import type { ReceiveDeps } from '../describe-message.ts'
import { keysOf } from '../message-keys.ts'
import type { ContentKind, MessageReader, UnwrappedMessage } from './define.ts'
import { readChatTimer } from './chat-timer.ts'
import { readDelete } from './delete.ts'
import { readEdit } from './edit.ts'
import { readEventResponse } from './event-response.ts'
import { readKeep } from './keep.ts'
import { readMemberLabel } from './member-label.ts'
import { readMessage } from './message.ts'
import { readPin } from './pin.ts'
import { readReaction } from './reaction.ts'
import { readPollVote } from './poll-vote.ts'
import { readSecondFile } from './read-second-file.ts'
import { firstOf } from './second-file.ts'
import { unseal } from './sealed.ts'
import { reasonForSilence } from './silent.ts'
import { readPlaceholder, reportSealed } from './undecryptable.ts'

/** Readers of content that acts on another message. Everything else is a message of its own. */
const readers: Partial<Record<ContentKind, MessageReader>> = {
	reactionMessage: readReaction,
	pollUpdateMessage: readPollVote,
	encEventResponseMessage: readEventResponse,
	pinInChatMessage: readPin,
	keepInChatMessage: readKeep,
	placeholderMessage: readPlaceholder,
}

const { Type } = proto.Message.ProtocolMessage
const protocolReaders: Partial<Record<proto.Message.ProtocolMessage.Type, MessageReader>> = {
	[Type.REVOKE]: readDelete,
	[Type.MESSAGE_EDIT]: readEdit,
	[Type.EPHEMERAL_SETTING]: readChatTimer,
	[Type.EPHEMERAL_SYNC_RESPONSE]: readChatTimer,
	[Type.GROUP_MEMBER_LABEL_CHANGE]: readMemberLabel,
}

/**
 * Reads a decrypted message. A message from the offline queue is read like a live one.
 * @param message in its canonical form
 * @returns its effect; undefined for bookkeeping between devices and for a message that was read before
 */
export async function interpretMessage(
	message: WAMessage,
	deps: ReceiveDeps,
): Promise<Effect | undefined> {
	const { id, remoteJid } = message.key
	if (!id || !remoteJid || !message.message) return undefined
	const parts = partsOf({ message, ...unwrap(message.message) })
	if (parts.every(reasonForSilence)) return undefined
	const keys = keysOf(message, deps)
	try {
		const firstSight = await deps.messages.firstSight(keys)
		if (!firstSight) return undefined
		const effect = await firstEffect(parts, deps)
		return withHealed(effect ?? {}, [firstSight], message, deps)
	} catch (error) {
		deps.messages.notSeen(keys)
		throw error
	}
}

async function firstEffect(parts: UnwrappedMessage[], deps: ReceiveDeps) {
	for (const part of parts) {
		const effect = await interpretPart(part, deps)
		if (effect) return effect
	}
	return undefined
}

function partsOf({ content, ...unwrapped }: UnwrappedMessage): UnwrappedMessage[] {
	return partsOfContent(content).map((part) => ({ ...unwrapped, content: part }))
}

async function interpretPart(part: UnwrappedMessage, deps: ReceiveDeps) {
	if (reasonForSilence(part)) return undefined
	const opened = await unseal(part, deps)
	return 'detail' in opened ? reportSealed(part, opened, deps) : readerOf(opened)(opened, deps)
}

/** Reads a message again that needs the secret of another one. @returns undefined if it still cannot be opened */
export async function interpretSealed(
	message: WAMessage,
	deps: ReceiveDeps,
): Promise<Effect | undefined> {
	const opened = await unseal({ message, ...unwrap(message.message ?? {}) }, deps)
	if ('detail' in opened) return undefined
	return withHealed((await readerOf(opened)(opened, deps)) ?? {}, [], message, deps)
}

/** A message that is read is no longer waited for. */
function withHealed(
	{ event, changes = [] }: Effect,
	before: Change[],
	message: WAMessage,
	deps: ReceiveDeps,
): Effect {
	const isRead = event?.type !== 'message.undecryptable'
	const healed = isRead ? deps.undecryptable.healed(keysOf(message, deps)) : []
	return { event, changes: [...before, ...changes, ...healed] }
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
