import { isJidGroup, isJidStatusBroadcast, isLidUser } from '@whiskeysockets/baileys'
import type { GroupCache } from './group-cache.ts'
import { identityOf } from './identity.ts'

export type AddressingDeps = {
	groups: Pick<GroupCache, 'get'>
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

/** True of chats in which an id alone does not say who wrote a message. */
export const hasManyAuthors = (chat: string) => isJidGroup(chat) || isJidStatusBroadcast(chat)

/** A person's jid by phone number or by hidden id, as far as that is known. */
export function jidAs(
	jid: string,
	kind: 'phone' | 'lid',
	otherName: AddressingDeps['otherName'],
): string {
	const { phone, lid } = identityOf(jid, otherName)
	return (kind === 'lid' ? lid : phone && `${phone}@s.whatsapp.net`) ?? jid
}

/** How people are called in a chat: where they go by their hidden ids, everybody does. */
export async function addressingIn(
	chat: string,
	{ groups, otherName }: AddressingDeps,
): Promise<(jid: string) => string> {
	if (isLidUser(chat)) return (jid) => jidAs(jid, 'lid', otherName)
	if (!isJidGroup(chat)) return (jid) => jid
	// Whoever is no member gets no answer, and hears so when something is sent.
	const group = await groups.get(chat).catch(() => undefined)
	return (jid) => jidAs(jid, group?.addressingMode === 'lid' ? 'lid' : 'phone', otherName)
}
