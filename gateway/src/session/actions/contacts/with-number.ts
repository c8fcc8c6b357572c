import { GatewayError } from '../../../errors.ts'
import type { Identity } from '../../../events/identity.ts'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import { identityOf, isSame } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'

/**
 * A person by phone number; the groups of the account are looked through if it is not known.
 * @param wants what WhatsApp does by number
 * @throws GatewayError contact_number_unknown, and those of `askWhatsApp`
 */
export async function withNumber(
	deps: Pick<SessionDeps, 'socket' | 'groups' | 'otherName'>,
	person: Identity,
	wants: string,
): Promise<Identity> {
	const known = person.phone ? person : await numberFromGroups(deps, person)
	if (known) return known
	const advice = `WhatsApp ${wants} by phone number, and that of ${person.id} is not known. Give the number.`
	throw new GatewayError('contact_number_unknown', advice, { field: 'jid' })
}

/**
 * The person behind a LID. WhatsApp does not answer who asks for their number, but the lists of members have both.
 * @returns undefined if they are in no group of the account, or hide their number there
 * @throws GatewayError those of `askWhatsApp`
 */
export async function numberFromGroups(
	{ socket, groups, otherName }: Pick<SessionDeps, 'socket' | 'groups' | 'otherName'>,
	person: Identity,
): Promise<Identity | undefined> {
	for (const { participants } of await groups.all())
		for (const { id, phoneNumber, lid } of participants) {
			const member = identityOf(id, otherName, { alt: phoneNumber ?? lid })
			if (!member.phone || !member.lid || !isSame(member, person)) continue
			const pair = { lid: member.lid, pn: member.id }
			const { lidMapping } = socket.signalRepository
			await askWhatsApp(() => lidMapping.storeLIDPNMappings([pair]))
			return member
		}
	return undefined
}
