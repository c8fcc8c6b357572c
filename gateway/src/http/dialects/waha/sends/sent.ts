import type { SendResult } from '../../../../session/send/send-result.ts'
import type { Session } from '../../../../session/session.ts'
import { waMessage } from '../wa-message.ts'

/** What the account has just sent, as it was kept: the object of WAHA, and the raw message beside its fields. */
export async function sentMessage(
	session: Session,
	{ message_id: id, to, timestamp }: Pick<SendResult, 'message_id' | 'to' | 'timestamp'>,
) {
	const [{ message }, chat, { stage }] = await Promise.all([
		session.raw(id),
		session.identity(to),
		session.message(id),
	])
	const { me: account } = session.view()
	const own = { sender: account, account, fromMe: true, isOurs: true }
	const sent = waMessage({ id, chat, timestamp, message, stage, ...own })
	const { key, message: raw, messageTimestamp, status } = sent._data
	return { ...sent, key, message: raw, messageTimestamp, status }
}
