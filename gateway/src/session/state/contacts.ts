import type { Change, StateStore } from '../../storage/driver.ts'

/** What people are called: by themselves, by the owner of the account, by WhatsApp. */
export type ContactNames = {
	name?: string | undefined
	saved_name?: string | undefined
	business_name?: string | undefined
}

/** The names of everybody who was in touch. All are in memory: one comes with every message. */
export async function openContacts(state: StateStore) {
	const known = (await state.list('contact')) as Map<string, ContactNames>
	return {
		/** What everybody is called, by their ids. */
		all: (): ReadonlyMap<string, ContactNames> => known,
		/** Keeps the names of a person. `news` are those that were others before. */
		learn(id: string, names: ContactNames): { news: ContactNames; changes: Change[] } {
			const before = known.get(id) ?? {}
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
