import type { Governor, LimitReason } from '../governor/index.ts'
import { secondsUntil, sentenceOf } from '../governor/index.ts'
import type { SessionContext } from '../session-context.ts'
import { reachable, type SendRequest } from './build-message.ts'
import { toRecipient, type Recipient } from './recipient.ts'
import { isUsername } from './usernames.ts'
import { statusAudience } from './status-audience.ts'

/** What would become of a message. */
export type DryRun = {
	status: 'dry_run'
	/** A jid. */
	to: string
	would_send: boolean
	/** Whether it would be the first message to a person who has never written. */
	first_message: boolean
	reason: LimitReason | null
	/** The reason in a sentence. */
	detail: string | null
	/** Seconds. */
	retry_after: number | null
}

export type DryRunOptions = Pick<SessionContext, 'connected' | 'otherName'> & {
	governor: Pick<Governor, 'wouldAdmit' | 'now'>
	recipientNamed(username: string): Promise<Recipient>
	/** How long WhatsApp may take to say who has a number. */
	checkMs: number
}

/**
 * Finds out what would become of a message, without making or sending it: nothing of it is kept, and its files are not
 * fetched. As before a send, WhatsApp is asked who has a number that is new.
 * @throws GatewayError those of a send about its recipient
 */
export function createDryRun(options: DryRunOptions) {
	const { connected, otherName, governor, recipientNamed, checkMs } = options
	return async function dryRun({ input }: SendRequest): Promise<DryRun> {
		const { jid } = isUsername(input.to)
			? await recipientNamed(input.to)
			: toRecipient(input.to, otherName)
		const { first, hold } = await governor.wouldAdmit(jid)
		const deps = await connected()
		// A message that is held back would not get so far either.
		const to = hold ? jid : await reachable(jid, input, deps, checkMs)
		statusAudience(to, input.audience, deps.socket.user!.id)
		return {
			status: 'dry_run',
			to,
			would_send: !hold,
			first_message: first,
			reason: hold?.reason ?? null,
			detail: hold ? sentenceOf(hold) : null,
			retry_after: hold ? secondsUntil(hold.until, governor.now()) : null,
		}
	}
}
