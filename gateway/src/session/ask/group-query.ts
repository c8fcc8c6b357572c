import {
	getBinaryNodeChildren,
	type BinaryNode,
	type GroupMetadata,
	type WASocket,
} from '@whiskeysockets/baileys'
import { extractGroupMetadata } from '@whiskeysockets/baileys/lib/Socket/groups.js'
import { element, expected } from './element.ts'
import { askIq } from './iq.ts'

/** Where queries go that are about several groups, or about one that one is not in. */
export const ALL_GROUPS = '@g.us'

/**
 * Asks WhatsApp about groups, or changes one.
 * @param to a group's jid, or ALL_GROUPS
 * @throws GatewayError as `askWhatsApp`
 */
export function groupQuery(
	socket: WASocket,
	type: 'get' | 'set',
	to: string,
	content: BinaryNode,
): Promise<BinaryNode> {
	return askIq(socket, { type, xmlns: 'w:g2', to, content: [content] })
}

/** The groups that the account is in. Baileys' own query also tells everybody that all of them have changed. */
export async function fetchGroups(socket: WASocket): Promise<GroupMetadata[]> {
	const asked = element('participating', {}, [element('participants'), element('description')])
	const groups = expected(await groupQuery(socket, 'get', ALL_GROUPS, asked), 'groups')
	return getBinaryNodeChildren(groups, 'group').map(metadataIn)
}

/** Reads a `<group>` of an answer. @throws what Baileys throws if it has no id */
export const metadataIn = (group: BinaryNode): GroupMetadata =>
	extractGroupMetadata(element('iq', {}, [group]))
