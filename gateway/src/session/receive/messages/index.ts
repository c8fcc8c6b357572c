import { proto, type WAMessage } from '@whiskeysockets/baileys'
import { kindOf, unwrap } from '../../../messages/wrappers.ts'
import type { Receiver, Understood } from '../describe-message.ts'
import type { Arrived, Kind, Reading } from './define.ts'
import { readDeletion } from './delete.ts'
import { readDisappearing } from './disappearing.ts'
import { readEdit } from './edit.ts'
import { readEventResponse } from './event-response.ts'
import { readKeep } from './keep.ts'
import { readOrdinary } from './message.ts'
import { readPin } from './pin.ts'
import { readReaction } from './reaction.ts'
import { readVote } from './poll-vote.ts'

/** What is done to other messages. Everything else is a message of its own. */
const acts: Partial<Record<Kind, Reading>> = {
	reactionMessage: readReaction,
	pollUpdateMessage: readVote,
	encEventResponseMessage: readEventResponse,
	pinInChatMessage: readPin,
	keepInChatMessage: readKeep,
}

const { Type } = proto.Message.ProtocolMessage
const protocolActs: Partial<Record<proto.Message.ProtocolMessage.Type, Reading>> = {
	[Type.REVOKE]: readDeletion,
	[Type.MESSAGE_EDIT]: readEdit,
	[Type.EPHEMERAL_SETTING]: readDisappearing,
}

/**
 * Reads what somebody wrote or did; undefined for bookkeeping between devices, and for what was seen before.
 * What was sent while we were away is as live as what comes now.
 */
export async function readMessage(
	message: WAMessage,
	receiver: Receiver,
): Promise<Understood | undefined> {
	const { id, remoteJid, participant } = message.key
	if (!id || !remoteJid || !message.message) return undefined
	const arrived = { message, ...unwrap(message.message) }
	if (!kindOf(arrived.content)) return undefined
	const sight = receiver.messages.firstSight(remoteJid, participant ?? '', id)
	if (!sight) return undefined
	const read = await readingOf(arrived)(arrived, receiver)
	return { ...read, changes: [sight, ...(read?.changes ?? [])] }
}

/** What a message that we send changes of others that are kept: it will not come in. */
export async function effectsOf(message: WAMessage, receiver: Receiver) {
	const arrived = { message, ...unwrap(message.message ?? {}) }
	const reading = readingOf(arrived)
	return reading === readOrdinary ? [] : ((await reading(arrived, receiver))?.changes ?? [])
}

function readingOf({ content }: Arrived): Reading {
	const { protocolMessage: protocol } = content
	const act = protocol ? protocolActs[protocol.type ?? Type.REVOKE] : acts[kindOf(content)!]
	return act ?? readOrdinary
}
