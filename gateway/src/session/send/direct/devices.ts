import { isLidUser, jidDecode, jidNormalizedUser, type WASocket } from '@whiskeysockets/baileys'

/**
 * The jids of the devices that get a message to one person, without this one: our own in the form in which the person
 * is addressed, and the person's.
 */
export async function devicesOf(
	{ user, getUSyncDevices }: WASocket,
	address: string,
): Promise<{ own: string[]; others: string[] }> {
	const me = [user!.id, user!.lid].filter((jid) => jid !== undefined)
	const ownForm = jidNormalizedUser(isLidUser(address) ? (user!.lid ?? user!.id) : user!.id)
	const ownUsers = me.map((jid) => jidDecode(jid)?.user)
	const devices = (await getUSyncDevices([ownForm, address], true, false))
		.filter(({ jid }) => !me.includes(jid))
		.map(({ user, jid }) => ({ jid, isOwn: ownUsers.includes(user) }))
	return {
		own: devices.filter(({ isOwn }) => isOwn).map(({ jid }) => jid),
		others: devices.filter(({ isOwn }) => !isOwn).map(({ jid }) => jid),
	}
}
