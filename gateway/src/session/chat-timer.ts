import { isJidGroup } from '@whiskeysockets/baileys'
import { identityOf } from './identity.ts'
import type { SessionDeps } from './session-deps.ts'

/** After how many seconds new messages of a chat disappear, as its clients have agreed; undefined if they stay. */
export async function expirationIn(
	chat: string,
	{ groups, state, otherName }: Pick<SessionDeps, 'groups' | 'state' | 'otherName'>,
): Promise<number | undefined> {
	if (!isJidGroup(chat)) return state.timers.expirationIn(identityOf(chat, otherName)) || undefined
	// WhatsApp does not answer an account that is no member; the send is refused later.
	const group = await groups.get(chat).catch(() => undefined)
	return group?.ephemeralDuration || undefined
}
