import { isJidGroup, isJidStatusBroadcast, isLidUser } from '@whiskeysockets/baileys'
import type { GroupCache } from './group-cache.ts'
import { identityOf } from './identity.ts'

export type AddressingDeps = {
	groups: Pick<GroupCache, 'get'>
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

/** Whether a chat has many authors: there a message is identified by its author as well. */
export const hasManyAuthors = (chat: string) => isJidGroup(chat) || isJidStatusBroadcast(chat)

/** A person's jid by phone number or by LID; the given jid if the other one is not known. */
export function jidAs(
	jid: string,
	kind: 'phone' | 'lid',
	otherName: AddressingDeps['otherName'],
): string {
	const { phone, lid } = identityOf(jid, otherName)
	return (kind === 'lid' ? lid : phone && `${phone}@s.whatsapp.net`) ?? jid
}

/** How a chat addresses people: by phone number, or all of them by LID. @returns a function that gives a person's jid there */
export async function addressingIn(
	chat: string,
	{ groups, otherName }: AddressingDeps,
): Promise<(jid: string) => string> {
	if (isLidUser(chat)) return (jid) => jidAs(jid, 'lid', otherName)
	if (!isJidGroup(chat)) return (jid) => jid
	// WhatsApp does not answer an account that is no member; the send is refused later.
	const group = await groups.get(chat).catch(() => undefined)
	return (jid) => jidAs(jid, group?.addressingMode === 'lid' ? 'lid' : 'phone', otherName)
}
