import { SECOND_MS } from '../../lib/units.ts'
import { identityOf, isSame, isSinglePerson } from '../identity.ts'
import type { SessionContext } from '../session-context.ts'
import type { ChatActivity } from '../state/chats.ts'
import type { SessionState } from '../state/index.ts'

/**
 * How the account stands with whom a message goes to. `free`: no person, or the account itself; `heard`: they have
 * written; `accepted`: a chat that was there already; `begun`: the account wrote first, and they have not answered;
 * `stranger`: there is no chat.
 */
export type Standing = 'free' | 'heard' | 'accepted' | 'begun' | 'stranger'

type People = Pick<SessionContext, 'otherName' | 'me'>

/** Takes constant time: every send asks it. */
export function standingOf(
	jid: string,
	{ messages }: Pick<SessionState, 'messages'>,
	{ otherName, me }: People,
): Standing {
	const person = identityOf(jid, otherName)
	const own = me()
	if (!isSinglePerson(person) || (own && isSame(person, own))) return 'free'
	const chat = messages.chats.of(jid)
	if (!chat) return 'stranger'
	if (heardAt(chat) !== undefined) return 'heard'
	return chat.began ? 'begun' : 'accepted'
}

/** When they last wrote: Unix time in milliseconds; undefined if they have not. */
export function lastHeard(jid: string, { messages }: Pick<SessionState, 'messages'>) {
	const chat = messages.chats.of(jid)
	const heard = chat && heardAt(chat)
	return heard === undefined ? undefined : heard * SECOND_MS
}

// Of before it was kept, the newest message tells it.
const heardAt = ({ heard, last }: ChatActivity): number | undefined =>
	heard ?? (last && !last.from_me ? last.at : undefined)
