import { getBinaryNodeChild, jidDecode } from '@whiskeysockets/baileys'
import { isSame } from '../../identity.ts'
import { defineNotification, identityIn } from './define.ts'

/**
 * A contact has other keys: WhatsApp was installed anew, or on another phone. Baileys begins a new session with them, but
 * not if the change was told while we were away, nor twice within five seconds. Then the next send begins one.
 */
export const newKeys = defineNotification('CB:notification,type:encrypt', (stanza, deps) => {
	const { from = '', lid } = stanza.attrs
	// Our own one-time keys run out in a notification of the same type, and linked devices have keys of their own.
	if (!getBinaryNodeChild(stanza, 'identity') || jidDecode(from)?.device) return []
	const contact = identityIn(from, deps, lid)
	const account = deps.me()
	if (!contact || (account && isSame(contact, account))) return []
	const event = { type: 'contact.identity', data: { contact, new_keys: true } } as const
	return [{ event, changes: deps.keysChanged(from) }]
})
