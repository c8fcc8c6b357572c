import { isLidUser } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import type { Identity } from '../../../events/identity.ts'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import { blocklistOf } from '../../ask/blocklist.ts'
import { identityOf, isSinglePerson, jidsOf, toPersonJid } from '../../identity.ts'
import type { SessionContext } from '../../session-context.ts'
import type { ContactRecord } from '../../state/contacts.ts'
import { matches } from '../matches.ts'
import { numberFromGroups } from './with-number.ts'

/** A person whose name is kept. */
export type KnownContact = { contact: Identity; names: ContactRecord }

/** A LID and the phone number behind it, as jids; null if that is not known. */
export type LidPair = { lid: string | null; phone: string | null }

/** The people that a session knows. What is kept is read without asking WhatsApp. */
export function createPeople({ state, otherName, socket, socketOnceOpen, groups }: SessionContext) {
	async function all(): Promise<KnownContact[]> {
		const { contacts } = await state()
		const found = new Map<string, KnownContact>()
		for (const jid of contacts.ids()) {
			const contact = identityOf(jid, otherName)
			if (!isSinglePerson(contact)) continue
			found.set(contact.id, { contact, names: contacts.namesOf(contact) })
		}
		return [...found.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b)))
	}

	return {
		/** The contacts by name. @param saved true for those in the address book, false for the others */
		async contacts(search = '', saved?: boolean): Promise<KnownContact[]> {
			return (await all()).filter(
				({ contact: { id, phone, lid }, names }) =>
					(saved === undefined || saved === (names.saved_name !== undefined)) &&
					matches(search, id, phone, lid, ...searchable(names)),
			)
		},
		/** The names that are kept of a person. */
		namesOf: async (jid: string): Promise<ContactRecord> =>
			(await state()).contacts.namesOf(identityOf(jid, otherName)),
		/** @throws GatewayError contact_not_found if nothing is known of the person */
		async contact(person: string): Promise<KnownContact & { blocked: boolean | null }> {
			const contact = identityOf(toPersonJid(person, 'jid'), otherName)
			const { contacts, messages } = await state()
			const names = contacts.namesOf(contact)
			const isKnown =
				Object.keys(names).length > 0 ||
				jidsOf(contact).some((jid) => messages.chats.all().has(jid))
			if (!isKnown && !(contact.phone && contact.lid)) throw unknown(person)
			const open = socket()
			const list = open && (await blocklistOf(open).catch(() => undefined))
			return { contact, names, blocked: list ? jidsOf(contact).some((jid) => list.has(jid)) : null }
		},
		/** The LIDs whose phone number is known. */
		async lids(): Promise<LidPair[]> {
			const { auth } = await state()
			return auth.phonesOfLids().map(({ lid, phone }) => ({ lid: `${lid}@lid`, phone }))
		},
		/** The phone number of a LID, if it is known or a group of the account tells it. @throws GatewayError those of `askWhatsApp` */
		async phoneOf(lid: string): Promise<LidPair> {
			const jid = toPersonJid(lid.includes('@') ? lid : `${lid}@lid`, 'lid')
			await state()
			const known = identityOf(jid, otherName)
			const open = known.phone ? undefined : socket()
			const told = open && (await numberFromGroups({ socket: open, groups, otherName }, known))
			return { lid: known.lid, phone: (told ?? known).phone }
		},
		/** The LID of a phone number; WhatsApp is asked if it is not known. @throws GatewayError those of `askWhatsApp` */
		async lidOf(phone: string): Promise<LidPair> {
			const jid = toPersonJid(phone, 'phone')
			await state()
			const known = identityOf(jid, otherName)
			if (known.lid || isLidUser(jid)) return { lid: known.lid, phone: known.phone }
			const { signalRepository } = await socketOnceOpen()
			const lid = await askWhatsApp(() => signalRepository.lidMapping.getLIDForPN(jid))
			return { lid, phone: known.phone }
		},
	}
}

const searchable = ({ saved_name, name, business_name, username }: ContactRecord) => [
	saved_name,
	name,
	business_name,
	username,
]

const nameOf = ({ contact, names: { saved_name, name, business_name } }: KnownContact) =>
	saved_name ?? name ?? business_name ?? contact.id

function unknown(person: string) {
	const advice = `Nothing is known of ${person.slice(0, 60)}. POST …/contacts/check asks WhatsApp.`
	return new GatewayError('contact_not_found', advice, { field: 'jid' })
}
