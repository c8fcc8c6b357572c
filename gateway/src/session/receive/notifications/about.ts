import { getBinaryNodeChild } from '@whiskeysockets/baileys'
import { defineNotification, identityIn } from './define.ts'

/** Baileys ignores it. Read as whatsmeow does: the new text is in `set`. */
export const about = defineNotification('CB:notification,type:status', (stanza, deps) => {
	const contact = identityIn(stanza.attrs.from, deps)
	const set = getBinaryNodeChild(stanza, 'set')
	if (!contact || !set) return []
	const data = { contact, about: set.content?.toString() ?? '' }
	return [{ event: { type: 'contact.about', data } }]
})
