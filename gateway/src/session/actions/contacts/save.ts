import { chatModificationToAppPatch } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import type { Identity } from '../../../events/identity.ts'
import { identityOf, toPersonJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeShared } from '../change-shared.ts'
import type { KnownContact } from './list.ts'
import { withLid } from './with-lid.ts'
import { withNumber } from './with-number.ts'

export type SavedNames = {
	full_name: string
	first_name?: string | undefined
	/** Whether the phone writes it into its own address book as well. */
	save_on_phone: boolean
}

/**
 * Saves a person in the address book of the account, or gives them another name there.
 * @throws GatewayError contact_number_unknown, recipient_not_on_whatsapp, and those of `changeAppState`
 */
export async function saveContact(
	deps: SessionDeps,
	person: string,
	{ full_name: fullName, first_name: firstName, save_on_phone: onPhone }: SavedNames,
): Promise<KnownContact> {
	const known = await byNumber(deps, person)
	const contact = await withLid(deps, known)
	const saved = {
		fullName,
		...(firstName && { firstName }),
		lidJid: contact.lid,
		saveOnPrimaryAddressbook: onPhone,
	}
	await changeShared(deps, [chatModificationToAppPatch({ contact: saved }, known.id)])
	return { contact, names: deps.state.contacts.namesOf(contact) }
}

/**
 * Removes a person from the address book of the account.
 * @throws GatewayError contact_not_found if they are not in it, contact_number_unknown, and those of `changeAppState`
 */
export async function removeContact(deps: SessionDeps, person: string): Promise<void> {
	const known = await byNumber(deps, person)
	if (deps.state.contacts.namesOf(known).saved_name === undefined) {
		const advice = `${person.slice(0, 60)} is not in the address book of the account.`
		throw new GatewayError('contact_not_found', advice, { field: 'jid' })
	}
	await changeShared(deps, [chatModificationToAppPatch({ contact: null }, known.id)])
}

/** WhatsApp keeps contacts by their phone number, and the LID beside it. */
function byNumber(deps: SessionDeps, person: string): Promise<Identity> {
	return withNumber(deps, identityOf(toPersonJid(person, 'jid'), deps.otherName), 'saves contacts')
}
