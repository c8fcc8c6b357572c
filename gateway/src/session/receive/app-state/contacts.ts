import { isSinglePerson, identityOf } from '../../identity.ts'
import type { SharedReader } from './define.ts'

/** A person was saved in the address book of the account, or removed from it. */
export const readSavedContact: SharedReader = ({ index: [, jid = ''], value }, deps) => {
	const { contactAction: saved, lidContactAction: byLid } = value
	const known = identityOf(jid, deps.otherName, { alt: saved?.lidJid ?? saved?.pnJid })
	if (!isSinglePerson(known)) return []
	const { fullName, firstName } = saved ?? byLid ?? {}
	const names = { saved_name: fullName || firstName || null, first_name: firstName || null }
	const username = byLid?.username || saved?.username
	const { told, changes } = deps.state.contacts.learn(
		known,
		{ ...names, ...(username && { username }) },
		'address_book',
	)
	if (!changes.length) return []
	const contact = {
		...known,
		name: names.saved_name ?? deps.state.contacts.namesOf(known).name ?? null,
	}
	return [{ event: { type: 'contact.updated', data: { contact, ...told } }, changes }]
}
