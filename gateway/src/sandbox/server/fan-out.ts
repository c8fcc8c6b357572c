import { childOf, childrenOf, type BinaryNode } from '../wire/node.ts'
import { partiesOf } from './jids.ts'
import { type Party } from './model.ts'
import { membersOf } from './groups.ts'
import { type Group } from './model.ts'
import type { WhatsApp } from './whatsapp.ts'

export const STATUS = 'status@broadcast'
/** Statuses and broadcast lists: their messages name their author. */
export const isBroadcast = (jid: string | undefined) => Boolean(jid?.endsWith('@broadcast'))
export const isBroadcastList = (jid: string) => isBroadcast(jid) && jid !== STATUS

/** The copy of a message for one device. */
export type Copy = { to: Party; encrypted: BinaryNode[] }

/** The copies that were encrypted for one device each. */
function listedCopies(whatsapp: WhatsApp, stanza: BinaryNode): Copy[] {
	return childrenOf(childOf(stanza, 'participants'), 'to').flatMap(({ attrs, content }) => {
		const to = whatsapp.directory.party(attrs.jid ?? '')
		const encrypted = Array.isArray(content) ? content.filter(({ tag }) => tag === 'enc') : []
		return to ? [{ to, encrypted }] : []
	})
}

/** A message to a person or a broadcast list: a copy for each device, or the single one that asked for it again. */
function personalCopies(whatsapp: WhatsApp, stanza: BinaryNode): Copy[] {
	const direct = childrenOf(stanza, 'enc')
	const asker = stanza.attrs.participant ?? stanza.attrs.to ?? ''
	const to = direct.length ? whatsapp.directory.party(asker) : undefined
	return [...listedCopies(whatsapp, stanza), ...(to ? [{ to, encrypted: direct }] : [])]
}

/** A status goes to the devices that its author lists, with the key for each: there is no list of members. */
function statusCopies(whatsapp: WhatsApp, stanza: BinaryNode): Copy[] {
	const shared = childrenOf(stanza, 'enc')
	const again = stanza.attrs.participant && whatsapp.directory.party(stanza.attrs.participant)
	if (again) return [{ to: again, encrypted: shared }]
	return listedCopies(whatsapp, stanza).map(({ to, encrypted }) => ({
		to,
		encrypted: [...encrypted, ...shared],
	}))
}

/** A message to a group: the same for every device, and the sender key for devices that lack it. */
function groupCopies(whatsapp: WhatsApp, sender: Party, group: Group, stanza: BinaryNode): Copy[] {
	const shared = childrenOf(stanza, 'enc')
	const again = stanza.attrs.participant && whatsapp.directory.party(stanza.attrs.participant)
	if (again) return again.account.phone in group.members ? [{ to: again, encrypted: shared }] : []
	const own = new Map(
		listedCopies(whatsapp, stanza).map((copy) => [copy.to.device, copy.encrypted]),
	)
	const members = membersOf(whatsapp.directory, group).flatMap(partiesOf)
	return members
		.filter(({ device }) => device !== sender.device)
		.map((to) => ({ to, encrypted: [...(own.get(to.device) ?? []), ...shared] }))
}

/** The copies of a message, one for each receiving device. */
export function copiesOf(
	whatsapp: WhatsApp,
	sender: Party,
	stanza: BinaryNode,
	group?: Group,
): Copy[] {
	if (group) return groupCopies(whatsapp, sender, group, stanza)
	if (stanza.attrs.to === STATUS) return statusCopies(whatsapp, stanza)
	const copies = personalCopies(whatsapp, stanza)
	// A person who has blocked the sender gets nothing, and the sender is not notified.
	return copies.filter(({ to }) => !to.account.blocked?.includes(sender.account.phone))
}
