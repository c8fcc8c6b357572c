import { isHostedPnUser, isPnUser, jidDecode, WAJIDDomains } from '@whiskeysockets/baileys'

/** The LID of a phone number, if it is known; both without server. */
export type LidOf = (phone: string) => string | undefined

/** `user[_domain].device`: how Baileys names the Signal address of a jid. */
export function signalAddress(jid: string): string {
	const decoded = jidDecode(jid)
	if (!decoded?.user) throw new Error(`${jid} names nobody`)
	return nameOf(decoded.user, decoded.domainType, decoded.device)
}

/** The address of a device of which we know the LID, or which has none; undefined if it may have one that we do not know. */
export function knownAddress(jid: string, lidOf: LidOf): string | undefined {
	const isPhone = isPnUser(jid)
	if (!isPhone) return isHostedPnUser(jid) ? undefined : signalAddress(jid)
	const { user, device } = jidDecode(jid)!
	const lid = lidOf(user)
	return lid && nameOf(lid, WAJIDDomains.LID, device)
}

const nameOf = (user: string, domainType: number | undefined, device = 0) =>
	`${domainType ? `${user}_${domainType}` : user}.${device}`
