import type { BinaryNode, GroupMetadata } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import { element } from '../../ask/element.ts'
import { jidAs } from '../../chat-addressing.ts'
import { identityOf, isSame, jidsOf, toPersonJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'

/**
 * The people that a request names, each once.
 * @throws GatewayError invalid_recipient, naming the field
 */
export function peopleOf(
	named: readonly string[],
	otherName: SessionDeps['otherName'],
	field = 'participants',
): Identity[] {
	const people = named.map((person, index) =>
		identityOf(toPersonJid(person, `${field}.${index}`), otherName),
	)
	return people.filter((person, index) => people.findIndex((one) => isSame(one, person)) === index)
}

/** Somebody, and the jid by which WhatsApp is asked about them. */
export type AddressedPerson = { jid: string; who: Identity }

/** People who are not in the group: WhatsApp refuses a LID alone. */
export const asNewcomer = (who: Identity): AddressedPerson => ({ jid: jidsOf(who)[0]!, who })

/** People as the group lists them, which may know more of their names than we do. */
export function asMember(
	person: Identity,
	{ participants, addressingMode }: GroupMetadata,
	otherName: SessionDeps['otherName'],
): AddressedPerson {
	const kind = addressingMode === 'lid' ? 'lid' : 'phone'
	for (const { id: jid, phoneNumber, lid } of participants) {
		const who = identityOf(jid, otherName, { alt: phoneNumber ?? lid })
		if (isSame(who, person)) return { jid, who }
	}
	return { jid: jidAs(jidsOf(person)[0]!, kind, otherName), who: person }
}

export const participantNode = ({ jid }: AddressedPerson): BinaryNode =>
	element('participant', { jid })
