import type { KeptMessage } from '../../../../session/state/messages.ts'
import type { Session } from '../../../../session/session.ts'
import { waMessage, type WaMessage } from '../wa-message.ts'

/** A kept message as WAHA has it. @param withMedia whether it says where its file is */
export async function keptMessage(
	session: Session,
	kept: KeptMessage,
	withMedia: boolean,
): Promise<WaMessage> {
	const { raw, ...data } = await session.kept.describe(kept)
	return waMessage({
		id: data.message_id,
		chat: data.chat,
		sender: data.sender,
		fromMe: data.from_me,
		timestamp: data.timestamp,
		message: raw,
		// What came from another device of the account was never accepted here.
		isOurs: data.times.accepted !== undefined,
		stage: data.stage,
		account: session.view().me,
		mediaUrl: withMedia ? data.media?.url : undefined,
		quotedSender: data.quoted?.sender,
	})
}
