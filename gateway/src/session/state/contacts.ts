import type { Identity } from '../../events/identity.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { jidsOf } from '../identity.ts'

/** The names of a person: their own, those in the account's address book, the verified one. */
export type ContactNames = {
	name?: string | undefined
	saved_name?: string | undefined
	first_name?: string | undefined
	business_name?: string | undefined
	/** Without @. */
	username?: string | undefined
}

/** What is told of names: null for one that was removed, undefined for one of which nothing is told. */
export type ToldNames = { [Name in keyof ContactNames]: ContactNames[Name] | null }

/** By which way a name came. */
export type NameSource = 'address_book' | 'history' | 'message'

export type ContactRecord = ContactNames & {
	source?: NameSource | undefined
	/** When a name last changed, ISO 8601. */
	updated_at?: string | undefined
}

type Name = keyof ContactNames

/** The names of all contacts, in memory: every message carries one. */
export async function openContacts(state: StateStore) {
	const known = (await state.list('contact')) as Map<string, ContactRecord>
	/** What is kept under each jid of a person: the other one may have become known later. */
	function recordOf(contact: Identity): ContactRecord {
		const all = jidsOf(contact).map((jid) => known.get(jid))
		return Object.assign({}, ...all.reverse())
	}

	return {
		/** The jids under which names are kept. */
		ids: () => [...known.keys()],
		namesOf: recordOf,
		/**
		 * Keeps the names of a contact.
		 * @returns in `told` the names that are other than before, in `news` those of them that replace one
		 */
		learn(
			contact: Identity,
			names: ToldNames,
			source: NameSource,
		): { told: ToldNames; news: ToldNames; changes: Change[] } {
			const before = recordOf(contact)
			const fields = Object.keys(names) as Name[]
			const other = fields.filter(
				(field) => names[field] !== undefined && (names[field] || null) !== (before[field] ?? null),
			)
			if (!other.length) return { told: {}, news: {}, changes: [] }
			const told = pick(names, other)
			const news = pick(
				names,
				other.filter((field) => before[field]),
			)
			const now = { ...before, ...told, source, updated_at: new Date().toISOString() }
			return { told, news, changes: put(contact, withoutNulls(now)) }
		},
	}

	/** A name that was removed must not come back from the person's other jid. */
	function put(contact: Identity, record: ContactRecord): Change[] {
		const others = jidsOf(contact).filter((jid) => jid !== contact.id && known.delete(jid))
		known.set(contact.id, record)
		return [
			{ collection: 'contact', id: contact.id, value: record },
			...others.map((id): Change => ({ collection: 'contact', id, value: null })),
		]
	}
}

export type Contacts = Awaited<ReturnType<typeof openContacts>>

const pick = (names: ToldNames, fields: Name[]): ToldNames =>
	Object.fromEntries(fields.map((field) => [field, names[field] || null]))

const withoutNulls = (record: object): ContactRecord =>
	Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
