import { formatJid, LID_SERVER, PN_SERVER } from '../wire/jid.ts'
import type { Account, Party } from './model.ts'

export const pnOf = ({ phone }: Account, device = 0) =>
	formatJid({ user: phone, device, server: PN_SERVER })
export const lidOf = ({ lid }: Account, device = 0) =>
	formatJid({ user: lid, device, server: LID_SERVER })
export const partiesOf = (account: Account): Party[] =>
	account.devices.map((device) => ({ account, device }))
/** How others see the sender: its jid, and the attribute with the other form. */
export function senderAttributes({ account, device }: Party) {
	return account.addressing === 'lid'
		? { from: lidOf(account, device.id), sender_pn: pnOf(account) }
		: { from: pnOf(account, device.id), sender_lid: lidOf(account) }
}
