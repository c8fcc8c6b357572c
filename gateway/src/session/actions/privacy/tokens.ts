import { isLidUser, isPnUser, type SignalDataTypeMap } from '@whiskeysockets/baileys'
import {
	isTcTokenExpired,
	storeTcTokensFromIqResult,
} from '@whiskeysockets/baileys/lib/Utils/tc-token-utils.js'
import type { Identity } from '../../../events/identity.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import { element } from '../../ask/element.ts'
import { askIq } from '../../ask/iq.ts'
import { identityOf, jidsOf, toPersonJid } from '../../identity.ts'
import type { SessionContext } from '../../session-context.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { withLid } from '../contacts/with-lid.ts'

type Kept = SignalDataTypeMap['tctoken']

/** What is kept about the privacy tokens of a person; times are Unix seconds. */
export type PrivacyToken = {
	contact: Identity
	/** When the token was issued that the person gave us; null if we have none. */
	token_timestamp: number | null
	/** When we gave them ours; null if we did not. */
	sender_timestamp: number | null
	expired: boolean
}

/**
 * Privacy tokens: with one, a person lets us write to them and see what their privacy settings show. Baileys keeps them
 * by LID, or by number where that is not known.
 */
export function createPrivacyTokens({
	state,
	otherName,
}: Pick<SessionContext, 'state' | 'otherName'>) {
	// Among them, Baileys keeps a list of their jids.
	async function ofPeople() {
		const { auth } = await state()
		return (await auth.privacyTokens()).filter(([jid]) => isLidUser(jid) || isPnUser(jid))
	}

	const all = async (): Promise<PrivacyToken[]> =>
		(await ofPeople()).map(([jid, kept]) => described(identityOf(jid, otherName), kept))

	return {
		list: all,
		/** @throws GatewayError invalid_recipient */
		async of(given: string): Promise<PrivacyToken | undefined> {
			const jids = jidsOf(identityOf(toPersonJid(given, 'jid'), otherName))
			return (await all()).find(({ contact }) => jidsOf(contact).some((jid) => jids.includes(jid)))
		},
		/** Deletes what has expired. @returns how many of them */
		async prune(): Promise<number> {
			const { auth } = await state()
			const expired = (await ofPeople()).filter(([, kept]) => isExpired(kept))
			if (expired.length)
				await auth.keys.set({ tctoken: Object.fromEntries(expired.map(([jid]) => [jid, null])) })
			return expired.length
		},
	}
}

const described = (contact: Identity, kept: Kept): PrivacyToken => ({
	contact,
	token_timestamp: kept.token?.length ? Number(kept.timestamp) : null,
	sender_timestamp: kept.senderTimestamp ?? null,
	expired: isExpired(kept),
})

/** Neither theirs nor ours is of use any more. */
const isExpired = ({ token, timestamp, senderTimestamp }: Kept) =>
	(!token?.length || isTcTokenExpired(timestamp)) && isTcTokenExpired(senderTimestamp)

/**
 * Gives people our privacy token.
 * @returns when, Unix time in seconds
 * @throws GatewayError invalid_recipient, recipient_not_on_whatsapp, and those of `askWhatsApp`
 */
export async function issueTokens(deps: SessionDeps, given: string[]): Promise<number> {
	const { socket, otherName } = deps
	const people: (Identity & { lid: string })[] = []
	for (const [index, each] of given.entries()) {
		const field = `jids.${index}`
		people.push(await withLid(deps, identityOf(toPersonJid(each, field), otherName), field))
	}
	const at = Math.floor(Date.now() / SECOND_MS)
	const tokens = people.map(({ id }) =>
		element('token', { jid: id, t: String(at), type: 'trusted_contact' }),
	)
	const content = [element('tokens', {}, tokens)]
	const result = await askIq(socket, { type: 'set', xmlns: 'privacy', content })
	const { keys } = socket.authState
	const getLIDForPN = (jid: string) => socket.signalRepository.lidMapping.getLIDForPN(jid)
	await storeTcTokensFromIqResult({ result, fallbackJid: '', keys, getLIDForPN })
	const lids = people.map(({ lid }) => lid)
	const known = await keys.get('tctoken', lids)
	const noted = lids.map((lid) => [
		lid,
		{ token: Buffer.alloc(0), ...known[lid], senderTimestamp: at },
	])
	await keys.set({ tctoken: Object.fromEntries(noted) })
	return at
}
