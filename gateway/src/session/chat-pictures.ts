import { isJidGroup, isJidNewsletter } from '@whiskeysockets/baileys'
import type { GatewayEvent } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import { createLru } from '../lib/lru.ts'
import { DAY_MS } from '../lib/units.ts'
import { findChannel } from './actions/channels/find.ts'
import { pictureOf } from './actions/contacts/look-up.ts'
import { groupPicture } from './actions/groups/picture.ts'
import { actAtWhatsApp } from './ask/ask-whatsapp.ts'
import { identityOf, toJid } from './identity.ts'
import type { SessionContext } from './session-context.ts'
import type { SessionDeps } from './session-deps.ts'

const MOST_REMEMBERED = 2_000

type Found = { url: string | null; at: number }

/** The URLs of the pictures of people, groups and channels. They are remembered for a day, since lists ask for many. */
export function createChatPictures({
	connected,
	otherName,
	me,
}: Pick<SessionContext, 'connected' | 'otherName' | 'me'>) {
	const known = createLru<string, Found>(MOST_REMEMBERED)

	return {
		/**
		 * The URL of a picture; null if there is none, or it is hidden.
		 * @param fresh whether WhatsApp is asked in any case
		 * @throws GatewayError invalid_recipient, session_not_open, and those of `askWhatsApp`
		 */
		async urlOf(given: string, { fresh = false } = {}): Promise<string | null> {
			const jid = toJid(given, 'jid')
			const { id } = identityOf(jid, otherName)
			const before = fresh ? undefined : known.get(id)
			if (before && before.at > Date.now() - DAY_MS) return before.url
			const deps = await connected()
			const url = await actAtWhatsApp(() => askFor(deps, jid))
			known.set(id, { url, at: Date.now() })
			return url
		},
		/** The URL as it was told last; undefined if it was not asked for. */
		knownOf: (id: string): string | null | undefined => known.get(id)?.url,
		/** Call it with each event. */
		onEvent({ type, data }: GatewayEvent): void {
			if (!('picture' in data) || data.picture === undefined) return
			const { chat, contact } = data as { chat?: Identity; contact?: Identity }
			const changed = type === 'profile.updated' ? me() : (chat ?? contact)
			if (changed) known.delete(changed.id)
		},
	}
}

async function askFor(deps: SessionDeps, jid: string): Promise<string | null> {
	if (isJidNewsletter(jid)) return (await findChannel(deps, jid)).picture
	const picture = isJidGroup(jid)
		? await groupPicture(deps, jid, { preview: false })
		: await pictureOf(deps, jid, false)
	return picture?.url ?? null
}
