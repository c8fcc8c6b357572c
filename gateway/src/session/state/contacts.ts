import type { Identity } from '../../events/identity.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { jidsOf } from '../identity.ts'

/** The names of a person: their own, the one in the account's address book, the verified one. */
export type ContactNames = {
	name?: string | undefined
	saved_name?: string | undefined
	business_name?: string | undefined
}

/** The names of all contacts, in memory: every message carries one. */
export async function openContacts(state: StateStore) {
	const known = (await state.list('contact')) as Map<string, ContactNames>
	/** What is kept under each jid of a person: the other one may have become known later. */
	function namesOf(contact: Identity): ContactNames {
		const all = jidsOf(contact).map((jid) => known.get(jid))
		return Object.assign({}, ...all.reverse())
	}

	return {
		/** The jids under which names are kept. */
		ids: () => [...known.keys()],
		namesOf,
		/** Keeps the names of a contact. @returns in `news` the names that replace another one */
		learn(contact: Identity, names: ContactNames): { news: ContactNames; changes: Change[] } {
			const { id } = contact
			const before = namesOf(contact)
			const fields = Object.keys(names) as (keyof ContactNames)[]
			const other = fields.filter((field) => names[field] && names[field] !== before[field])
			if (!other.length) return { news: {}, changes: [] }
			const now = { ...before, ...pick(names, other) }
			known.set(id, now)
			const changed = other.filter((field) => before[field])
			return {
				news: pick(names, changed),
				changes: [{ collection: 'contact', id, value: now }],
			}
		},
	}
}

export type Contacts = Awaited<ReturnType<typeof openContacts>>

const pick = (names: ContactNames, fields: (keyof ContactNames)[]): ContactNames =>
	Object.fromEntries(fields.map((field) => [field, names[field]]))
