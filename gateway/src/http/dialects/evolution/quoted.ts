import { isGatewayError } from '../../../errors.ts'
import type { GivenQuote } from '../../../messages/envelope.ts'
import type { Session } from '../../../session/session.ts'
import { withBytes } from './bytes.ts'
import type { CommonFields } from './fields.ts'
import { readNumber } from './number.ts'

/** How a message answers another one: by the id of one that is kept, or with all of it. */
export type Answering = { reply_to?: string; quoted?: GivenQuote }

/**
 * Reads `quoted`. A message that comes with it is quoted as it is; one that is named only, if it is kept: without it the
 * message goes out all the same.
 */
export async function answeringOf(
	session: Session,
	quoted: CommonFields['quoted'],
): Promise<Answering> {
	if (!quoted) return {}
	const { key, message } = quoted
	if (message && Object.keys(message).length)
		return {
			quoted: {
				id: key.id,
				message: withBytes(message) as GivenQuote['message'],
				from_me: key.fromMe ?? false,
				participant: authorOf(key.participant),
			},
		}
	return (await isKept(session, key.id)) ? { reply_to: key.id } : {}
}

function authorOf(participant: string | undefined): string | undefined {
	const meant = participant ? readNumber(participant) : undefined
	if (!meant) return undefined
	return 'jid' in meant ? meant.jid : `${meant.phones[0]}@s.whatsapp.net`
}

async function isKept(session: Session, id: string): Promise<boolean> {
	try {
		await session.message(id)
		return true
	} catch (error) {
		if (isGatewayError(error, 'message_not_found')) return false
		throw error
	}
}
