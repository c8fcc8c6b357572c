import { isLidUser, isPnUser, type WASocket } from '@whiskeysockets/baileys'
import { jidAs } from '../chat-addressing.ts'
import { findLids } from '../ask/find-lids.ts'
import type { AddressForm } from '../address-form.ts'
import type { SessionState } from '../state/index.ts'

export type AddressDeps = {
	socket: WASocket
	state: Pick<SessionState, 'addressing' | 'auth'>
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

/** The form of a person's jid; undefined for anybody else. */
export const addressFormOf = (jid: string): AddressForm | undefined =>
	isLidUser(jid) ? 'lid' : isPnUser(jid) ? 'phone' : undefined

/**
 * The jid under which a message reaches a person: in the form in which the account addresses people, as far as that and
 * the person's other name are known. Other chats have one jid only.
 * @param limitMs how long WhatsApp may be asked for a LID
 */
export async function addressOf(jid: string, deps: AddressDeps, limitMs?: number): Promise<string> {
	return (await addressesOf([jid], deps, limitMs))[0]!
}

/** The same for several people, in one query. Nobody is named twice. */
export async function addressesOf(
	jids: readonly string[],
	deps: AddressDeps,
	limitMs?: number,
): Promise<string[]> {
	const form = deps.state.addressing.form()
	return form ? addressesAs(jids, form, deps, limitMs) : [...jids]
}

/** The jids of people in a form; as they are where the other name cannot be found out. */
export async function addressesAs(
	jids: readonly string[],
	form: AddressForm,
	deps: AddressDeps,
	limitMs?: number,
): Promise<string[]> {
	const { otherName } = deps
	const named = (jid: string) => (addressFormOf(jid) ? jidAs(jid, form, otherName) : jid)
	const unknown = jids.filter((jid) => form === 'lid' && isPnUser(named(jid)))
	if (unknown.length) await learnLids(unknown, deps, limitMs)
	return [...new Set(jids.map(named))]
}

/** Without an answer they stay unknown: WhatsApp's answer to the message decides. */
async function learnLids(jids: string[], { socket, state }: AddressDeps, limitMs?: number) {
	const found = await findLids(socket, jids, limitMs).catch(() => undefined)
	for (const [jid, lid] of found ?? []) await state.auth.learn(lid, jid.split('@')[0]!)
}
