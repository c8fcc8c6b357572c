import type { SendRequest } from '../../send/build-message.ts'
import type { SendResult } from '../../send/send-result.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { groupDetails } from './details.ts'
import type { ParticipantResult } from './results.ts'

/** What sends to a group needs of a session. */
export type Sender = {
	send(request: SendRequest): Promise<SendResult>
	withSocket<T>(act: (deps: SessionDeps) => Promise<T>): Promise<T>
}

/**
 * Sends an invitation to each person who could not be added.
 * @returns the results, which then say whether WhatsApp took it
 */
export async function inviteRefused(
	session: Sender,
	group: string,
	results: ParticipantResult[],
): Promise<ParticipantResult[]> {
	if (!results.some(({ invite_code }) => invite_code)) return results
	const details = await session.withSocket((deps) => groupDetails(deps, group, 'jid'))
	const { jid: group_jid, name: group_name } = details
	return Promise.all(results.map(invite))

	async function invite(result: ParticipantResult): Promise<ParticipantResult> {
		const { jid: to, invite_code, invite_expiration } = result
		if (!invite_code) return result
		const input = { to, group_jid, group_name, invite_code, invite_expiration }
		const sent = await session.send({ type: 'group-invite', input }).catch(() => undefined)
		return { ...result, invite_sent: sent?.status === 'sent' }
	}
}
