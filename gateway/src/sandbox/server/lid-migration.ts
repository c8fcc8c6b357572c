import { proto } from '@whiskeysockets/baileys'
import { LID_SERVER, parseJid, PN_SERVER } from '../wire/jid.ts'
import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { STATUS } from './fan-out.ts'
import type { Account, LidMigration, Party } from './model.ts'
import type { Query } from './query.ts'

/** WhatsApp's number for `lid_one_on_one_migration_enabled`; it is left out where it is off. */
const MIGRATED_PROP = 9435
/** Some property that says nothing here: a list without any is one that has not changed. */
const OTHER_PROP = 1

const isTold = ({ lidMigration }: Account, how: LidMigration['told']): boolean =>
	lidMigration?.told === how || lidMigration?.told === 'both'

/** What a device is told when it is linked. */
export function clientProps(account: Account): BinaryNode[] {
	if (!isTold(account, 'pairing')) return []
	const props = { isChatDbLidMigrated: account.lidMigration!.done }
	return [node('client-props', {}, proto.ClientPairingProps.encode(props).finish())]
}

/** The properties of an account. A device that has them already, which it says by their hash, gets none. */
export const props: Query = (_whatsapp, { account }, iq) => {
	const isKnown = isTold(account, 'property')
	const { done } = account.lidMigration ?? {}
	const hash = isKnown ? `sandbox-${done}` : 'sandbox'
	const had = childOf(iq, 'props')?.attrs.hash
	const list = isKnown && had !== hash ? [OTHER_PROP, ...(done ? [MIGRATED_PROP] : [])] : []
	const content = list.map((code) => node('prop', { config_code: code, config_value: 1 }))
	return [node('props', { protocol: 1, hash }, content)]
}

const serverOf = (jid: string | undefined) => parseJid(jid ?? '').server
const isPn = (jid: string | undefined) => serverOf(jid) === PN_SERVER
const isLid = (jid: string | undefined) => serverOf(jid) === LID_SERVER

/**
 * The code with which a message of a linked device is refused because of the form of its address, if it is: 463 for a
 * phone number and 479 for a status to phone numbers where the account's chats are by LID, 400 for a LID where they are
 * not, and for both forms in one stanza.
 */
export function wrongAddress({ account, device }: Party, stanza: BinaryNode): number | undefined {
	const { to, category, device_fanout: fanOut } = stanza.attrs
	// The phone is right about its account; what a device is asked to repeat goes where the question came from.
	if (!account.lidMigration || device.id === 0 || category === 'peer' || fanOut === 'false')
		return undefined
	const { done } = account.lidMigration
	const listed = childrenOf(childOf(stanza, 'participants'), 'to').map(({ attrs }) => attrs.jid)
	if (to === STATUS) return done && listed.some(isPn) ? 479 : undefined
	if (isLid(to)) return done ? undefined : 400
	if (!isPn(to)) return undefined
	if (listed.some(isLid)) return 400
	return done ? 463 : undefined
}

/** Whether a device of an account is told no devices of a person, because it asks by phone number. */
export const isUnlisted = (asker: Account, person: string | undefined): boolean =>
	asker.lidMigration?.hidesNumbers === true &&
	isPn(person) &&
	parseJid(person!).user !== asker.phone
