import type { SendResult } from '../../send/send-result.ts'
import { identityOf } from '../../identity.ts'
import { toGroupJid } from './group-jid.ts'
import type { Sender } from './invite-refused.ts'

/**
 * Sets the tag that a group shows beside the name of the account, and tells it.
 * @param label '' removes it
 * @throws GatewayError invalid_recipient, WhatsApp's refusal for a group that the account is not in, and those of a send
 */
export async function setMemberTag(
	session: Sender,
	group: string,
	label: string,
): Promise<SendResult> {
	const jid = toGroupJid(group, 'jid')
	// A send would say of a group that is not there that the recipient is at fault.
	await session.withSocket(({ groups }) => groups.get(jid))
	const sent = await session.send({ type: 'member-tag', input: { to: jid, label } })
	if (sent.status === 'sent')
		await session.withSocket(({ tell, me, otherName }) => {
			const data = { chat: identityOf(jid, otherName), by: me(), member_label: label }
			return tell({ type: 'group.updated', data })
		})
	return sent
}
