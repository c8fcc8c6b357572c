import { isJidGroup, type Contact } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import type { ContactNames } from '../../state/contacts.ts'
import type { Effect } from '../../effect.ts'
import { defineNotification, identityIn, type NotificationDeps } from './define.ts'

/** Baileys emits a name with every message: only a changed one causes an event. */
function readContacts(contacts: Partial<Contact>[], deps: NotificationDeps): Effect[] {
	return contacts.flatMap((contact): Effect[] => {
		const known = identityIn(contact.id, deps, contact.phoneNumber ?? contact.lid)
		if (!known) return []
		const picture = pictureOf(contact)
		if (isJidGroup(known.id)) return picture ? [ofGroup(known, picture)] : []
		const { news, changes } = deps.contacts.learn(known, contactNamesIn(contact))
		const isNews = picture || Object.keys(news).length > 0
		const name = contact.name ?? contact.notify ?? null
		const data = { contact: { ...known, name }, ...news, picture }
		return [{ changes, event: isNews ? { type: 'contact.updated', data } : undefined }]
	})
}

export const contactNamesIn = ({ notify, name, verifiedName }: Partial<Contact>): ContactNames => ({
	name: notify,
	saved_name: name,
	business_name: verifiedName,
})

type PictureChange = 'changed' | 'removed'

const pictureOf = ({ imgUrl }: Partial<Contact>): PictureChange | undefined =>
	(['changed', 'removed'] as const).find((change) => change === imgUrl)

const ofGroup = (chat: Identity, picture: PictureChange): Effect => ({
	event: { type: 'group.updated', data: { chat, by: null, picture } },
})

export const contactNames = defineNotification('contacts.update', readContacts)
export const savedContacts = defineNotification('contacts.upsert', readContacts)
