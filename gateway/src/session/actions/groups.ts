import { jidDecode } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { identityOf, toJid } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'

export type GroupRole = 'superadmin' | 'admin' | 'member'

/** What WhatsApp tells of a group to its members. */
export type GroupDetails = {
	jid: string
	name: string
	topic: string | null
	owner: string | null
	/** Unix time in seconds. */
	created_at: number | null
	participants: { jid: string; role: GroupRole }[]
}

/**
 * Asks for a group that the account is in, at most once an hour while nothing in it changes.
 * @param group its id, with its ending or without
 * @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp`
 */
export async function groupDetails(
	{ groups, otherName }: SessionDeps,
	group: string,
	field: string,
): Promise<GroupDetails> {
	const jid = toJid(group, field)
	if (jidDecode(jid)?.server !== 'g.us') throw noGroup(group, field)
	const { subject, desc, owner, ownerPn, creation, participants } = await groups.get(jid)
	const personOf = (id: string, alt?: string) => identityOf(id, otherName, { alt }).id
	return {
		jid,
		name: subject,
		topic: desc ?? null,
		owner: owner ? personOf(owner, ownerPn) : null,
		created_at: creation ?? null,
		participants: participants.map(({ id, phoneNumber, admin }) => ({
			jid: personOf(id, phoneNumber),
			role: admin ?? 'member',
		})),
	}
}

function noGroup(group: string, field: string): GatewayError {
	const advice = `\`${group.slice(0, 60)}\` is not the id of a group.`
	return new GatewayError('invalid_recipient', advice, { field })
}
