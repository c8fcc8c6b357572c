import type { FoundKept } from '../../../session/kept-messages.ts'
import { instanceIdOf } from './instance-ids.ts'
import { messageObject, type MessageStatus } from './message-object.ts'

const statuses: Record<FoundKept['stage'], MessageStatus> = {
	accepted: 'PENDING',
	sent: 'SERVER_ACK',
	delivered: 'DELIVERY_ACK',
	read: 'READ',
	played: 'PLAYED',
	failed: 'ERROR',
}

/** How far a message has got, in the words of Evolution. */
export const statusOf = ({ stage }: Pick<FoundKept, 'stage'>): MessageStatus => statuses[stage]

/** A kept message as an object of Evolution. */
export const keptObject = (session: string, found: FoundKept) =>
	messageObject({
		...{ session, id: found.message_id, chat: found.chat, sender: found.sender },
		...{ fromMe: found.from_me, timestamp: found.timestamp, message: found.raw },
		status: statusOf(found),
	})

/** The same as a record of its store. */
export function keptRecord(session: string, found: FoundKept) {
	const { status: _, ...message } = keptObject(session, found)
	return { id: found.message_id, ...message, MessageUpdate: updatesOf(found) }
}

/** The states that a message of the account has been in. */
function updatesOf(found: FoundKept) {
	if (!found.from_me) return []
	const reached = Object.keys(found.times) as FoundKept['stage'][]
	return reached.map((stage) => ({ status: statuses[stage] }))
}

/** How far a message has got, as a row of its store. */
export function statusRow(session: string, found: FoundKept) {
	const { key } = keptObject(session, found)
	const { id: keyId, remoteJid, fromMe, participant = null } = key
	return {
		...{ id: keyId, keyId, remoteJid, fromMe, participant, pollUpdates: null },
		...{ status: statusOf(found), messageId: keyId, instanceId: instanceIdOf(session) },
	}
}
