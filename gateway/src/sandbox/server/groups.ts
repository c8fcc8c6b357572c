import { randomBytes } from 'node:crypto'
import { node, type BinaryNode } from '../wire/node.ts'
import {
	lidOf,
	pnOf,
	type Account,
	type Addressing,
	type Directory,
	type Party,
} from './directory.ts'

export type Role = 'member' | 'admin' | 'superadmin'

export type Group = {
	id: string
	subject: string
	/** Phone number of the account that made it. */
	owner: string
	/** Unix time in seconds. */
	creation: number
	/** Whether its members know each other by LID or by phone number. */
	addressing: Addressing
	/** By phone number. */
	members: Record<string, Role>
}

export const newGroupId = () =>
	`120363${randomBytes(6).readUIntBE(0, 6).toString().padStart(15, '0')}@g.us`

export const isGroup = (jid: string | undefined) => Boolean(jid?.endsWith('@g.us'))

export const membersOf = (directory: Directory, group: Group): Account[] =>
	Object.keys(group.members).flatMap((phone) => directory.accounts.get(phone) ?? [])

/** How the members of a group see a device, and the attribute that tells the other form. */
export function participantAttributes(group: Group, { account, device }: Party) {
	return group.addressing === 'lid'
		? { participant: lidOf(account, device.id), participant_pn: pnOf(account) }
		: { participant: pnOf(account, device.id), participant_lid: lidOf(account) }
}

/** `<group>` as the answer to a query describes it. */
export function groupNode(directory: Directory, group: Group): BinaryNode {
	const seen = (account: Account) =>
		group.addressing === 'lid'
			? { jid: lidOf(account), phone_number: pnOf(account) }
			: { jid: pnOf(account), lid: lidOf(account) }
	const participants = membersOf(directory, group).map((account) => {
		const role = group.members[account.phone]
		return node('participant', { ...seen(account), type: role === 'member' ? undefined : role })
	})
	const owner = directory.accounts.get(group.owner)
	const attrs = {
		id: group.id.split('@')[0],
		subject: group.subject,
		s_t: group.creation,
		creation: group.creation,
		creator: owner && seen(owner).jid,
		addressing_mode: group.addressing,
		size: participants.length,
	}
	return node('group', attrs, participants)
}
