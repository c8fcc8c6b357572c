import {
	isJidGroup,
	isJidStatusBroadcast,
	isLidUser,
	isPnUser,
	type GroupMetadata,
} from '@whiskeysockets/baileys'
import type { GroupCache } from './group-cache.ts'
import { identityOf } from './identity.ts'
import { isNo } from './ask/whatsapp-errors.ts'

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

/**
 * How a chat addresses people: by phone number, or all of them by LID. It may have to be asked for.
 * @returns a function that gives a person's jid there
 * @throws GatewayError whatsapp_silent and others, if WhatsApp does not say how a group does
 */
export async function addressingIn(
	chat: string,
	{ groups, otherName }: AddressingDeps,
): Promise<(jid: string) => string> {
	if (isLidUser(chat)) return (jid) => jidAs(jid, 'lid', otherName)
	if (isPnUser(chat)) return (jid) => jidAs(jid, 'phone', otherName)
	if (!isJidGroup(chat)) return (jid) => jid
	const group = await groups.get(chat).catch((error: unknown): undefined => {
		// WhatsApp says nothing to an account that is no member: it refuses what comes next.
		if (!isNo(error)) throw error
	})
	const isByLid = group?.addressingMode === 'lid'
	return (jid) => {
		const known = jidAs(jid, isByLid ? 'lid' : 'phone', otherName)
		const isRight = isByLid ? isLidUser(known) : isPnUser(known)
		return isRight ? known : (listedIn(group, known) ?? known)
	}
}

/** As a group lists a person: it tells both names of members who have never written to us. */
const listedIn = (group: GroupMetadata | undefined, jid: string): string | undefined =>
	group?.participants.find(({ id, phoneNumber, lid }) => [id, phoneNumber, lid].includes(jid))?.id
