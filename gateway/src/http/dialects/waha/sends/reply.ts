import { isGatewayError } from '../../../../errors.ts'
import type { Session } from '../../../../session/session.ts'
import { bareIdOf } from '../message-id.ts'

/** The message that a request answers, in our form; nothing if it is not kept: the answer is sent all the same. */
export async function repliedIn(
	session: Session,
	given: string | undefined,
): Promise<{ reply_to?: string }> {
	if (given === undefined) return {}
	const id = bareIdOf(given)
	try {
		await session.message(id)
		return { reply_to: id }
	} catch (error) {
		if (!isGatewayError(error, 'message_not_found')) throw error
		return {}
	}
}
