import { isJidGroup, type Contact } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import type { ToldNames } from '../../state/contacts.ts'
import type { Effect } from '../../effect.ts'
import { isSame } from '../../identity.ts'
import { defineNotification, identityIn, type NotificationDeps } from './define.ts'

/** Baileys emits a name with every message: only a changed one causes an event. */
const readContacts = (contacts: Partial<Contact>[], deps: NotificationDeps): Effect[] =>
	contacts.flatMap((contact): Effect[] => {
		const known = identityIn(contact.id, deps, contact.phoneNumber ?? contact.lid)
		if (!known) return []
		const picture = pictureOf(contact)
		if (isJidGroup(known.id)) return picture ? [ofGroup(known, picture)] : []
		const account = deps.me()
		if (picture && account && isSame(known, account)) return [ofAccount(picture)]
		const { news, changes } = deps.contacts.learn(known, contactNamesIn(contact), 'message')
		const isNews = picture || Object.keys(news).length > 0
		const name = contact.name ?? contact.notify ?? null
		const data = { contact: { ...known, name }, ...news, picture }
		return [{ changes, event: isNews ? { type: 'contact.updated', data } : undefined }]
	})

export const contactNamesIn = ({
	notify,
	name,
	verifiedName,
	username,
}: Partial<Contact>): ToldNames => ({
	name: notify,
	saved_name: name,
	business_name: verifiedName,
	...(username && { username }),
})

type PictureChange = 'changed' | 'removed'

const pictureOf = ({ imgUrl }: Partial<Contact>): PictureChange | undefined =>
	(['changed', 'removed'] as const).find((change) => change === imgUrl)

const ofGroup = (chat: Identity, picture: PictureChange): Effect => ({
	event: { type: 'group.updated', data: { chat, by: null, picture } },
})

const ofAccount = (picture: PictureChange): Effect => ({
	event: { type: 'profile.updated', data: { picture } },
})

export const contactNames = defineNotification('contacts.update', readContacts)
