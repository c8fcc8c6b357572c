import {
	isLidUser,
	jidDecode,
	type BinaryNode,
	type CacheStore,
	type WASocket,
} from '@whiskeysockets/baileys'
import type { AuthState } from '../signal/auth-state.ts'

/**
 * Forgets which devices people have when WhatsApp says that they have changed; the next message asks for them. Baileys
 * changes its list under the name that the notification uses, a phone number. Who is written to by LID has a list of
 * that name: a device that was linked later would never get a message.
 */
export function forgetChangedDevices(
	ws: WASocket['ws'],
	devices: CacheStore,
	otherName: AuthState['otherName'],
): void {
	ws.on('CB:notification,type:devices', ({ attrs }: BinaryNode) => {
		const users = [attrs['from'], attrs['lid']].flatMap((jid) => usersOf(jid, otherName))
		for (const user of new Set(users)) void devices.del(user)
	})
}

/** The users under which Baileys may know a person. */
function usersOf(jid: string | undefined, otherName: AuthState['otherName']): string[] {
	const user = jid && jidDecode(jid)?.user
	if (!user) return []
	const other = otherName(user, isLidUser(jid) ? 'lid' : 'phone')
	return other ? [user, other] : [user]
}
