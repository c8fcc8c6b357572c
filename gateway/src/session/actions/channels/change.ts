import type { Effect } from '../../effect.ts'
import { askMex, type MexQuery } from '../../ask/mex.ts'
import { answerUnreadable } from '../../ask/whatsapp-errors.ts'
import { identityOf } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { forgetChannels } from '../../ask/channel-list.ts'

type Updated = Extract<Effect['event'], { type: 'channel.updated' }>['data']
/** What `channel.updated` says besides of which channel. */
export type ChannelChange = Omit<Updated, 'chat'>

/**
 * Changes something at WhatsApp. What was known of the account's channels is forgotten, also after a failure: the change
 * may have been made all the same.
 * @returns what WhatsApp answers
 * @throws GatewayError those of `askWhatsApp`
 */
export async function changeChannels(
	{ socket }: SessionDeps,
	query: MexQuery,
	variables: object,
): Promise<unknown> {
	const answer = await askMex(socket, query, variables).finally(() => forgetChannels(socket))
	if (answer === null) throw answerUnreadable(`${query[0].path} is null`)
	return answer
}

/** Tells a change of our own, which WhatsApp tells the other devices only. */
export const tellChannel = (
	{ tell, otherName }: SessionDeps,
	jid: string,
	change: ChannelChange,
): Promise<void> =>
	tell({ type: 'channel.updated', data: { chat: identityOf(jid, otherName), ...change } })
