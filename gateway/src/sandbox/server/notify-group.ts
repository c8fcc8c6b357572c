import { node, type BinaryNode } from '../wire/node.ts'
import { lidOf } from './jids.ts'
import { pnOf } from './jids.ts'
import { type Account } from './model.ts'
import { membersOf } from './groups.ts'
import { type Group } from './model.ts'
import { type WhatsApp } from './whatsapp.ts'
import { newStanzaId } from './stanza.ts'
import { now } from './stanza.ts'

/** Notifies the devices of people of a change of a group; by default, of all members. */
export function notifyGroup(
	whatsapp: WhatsApp,
	group: Group,
	by: Account,
	change: BinaryNode,
	to: Iterable<Account> = membersOf(whatsapp.directory, group),
): void {
	const author =
		group.addressing === 'lid'
			? { participant: lidOf(by), participant_pn: pnOf(by) }
			: { participant: pnOf(by), participant_lid: lidOf(by) }
	for (const account of new Set(to)) {
		const attrs = {
			id: newStanzaId(),
			from: group.id,
			type: 'w:gp2',
			t: now(),
			...author,
			addressing_mode: group.addressing,
			notify: by.name,
		}
		for (const device of account.devices)
			whatsapp.deliver({ account, device }, node('notification', attrs, [change]))
	}
	whatsapp.events.emit('change')
}
