import { isJidGroup, type Contact } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import type { Names } from '../../state/contacts.ts'
import { defineHearing, who, type Heard, type Hearer } from './define.ts'

/** Baileys tells a name with every message: only another one than before is news. */
function hear(contacts: Partial<Contact>[], hearer: Hearer): Heard[] {
	return contacts.flatMap((contact): Heard[] => {
		const known = who(contact.id, hearer, contact.phoneNumber ?? contact.lid)
		if (!known) return []
		const picture = pictureOf(contact)
		if (isJidGroup(known.id)) return picture ? [ofGroup(known, picture)] : []
		const { news, changes } = hearer.contacts.learn(known.id, namesOf(contact))
		const isNews = picture || Object.keys(news).length > 0
		const name = contact.name ?? contact.notify ?? null
		const data = { contact: { ...known, name }, ...news, picture }
		return [{ changes, happening: isNews ? { type: 'contact.updated', data } : undefined }]
	})
}

export const namesOf = ({ notify, name, verifiedName }: Partial<Contact>): Names => ({
	name: notify,
	saved_name: name,
	business_name: verifiedName,
})

type Picture = 'changed' | 'removed'

const pictureOf = ({ imgUrl }: Partial<Contact>): Picture | undefined =>
	(['changed', 'removed'] as const).find((change) => change === imgUrl)

const ofGroup = (chat: Identity, picture: Picture): Heard => ({
	happening: { type: 'group.updated', data: { chat, by: null, picture } },
})

export const contactNames = defineHearing('contacts.update', hear)
export const savedContacts = defineHearing('contacts.upsert', hear)
