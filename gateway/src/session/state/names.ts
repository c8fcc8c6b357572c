import type { Identity } from '../../events/identity.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { isSame, isSinglePerson } from '../identity.ts'
import type { Contacts } from './contacts.ts'
import { latest } from './latest.ts'

/** A group, as far as its name goes. */
export type NamedGroup = { id: string; subject?: string | null | undefined }

/**
 * The names by which events call people and groups. A person's own name comes first: messages bring it, too.
 * @param me the account itself
 */
export async function openNames(state: StateStore, contacts: Contacts, me: () => Identity | null) {
	const subjects = (await state.list('group-subject')) as Map<string, string>

	function nameOfPerson(person: Identity): string | null {
		const account = me()
		if (account && isSame(account, person)) return account.name
		const { name, business_name, saved_name } = contacts.namesOf(person)
		return name ?? business_name ?? saved_name ?? null
	}

	return {
		/** The name of a person or group; null if it is not known. */
		of: (known: Identity): string | null =>
			isSinglePerson(known) ? nameOfPerson(known) : (subjects.get(known.id) ?? null),
		/** The username of a person, if it is known. */
		usernameOf: (known: Identity): string | undefined =>
			isSinglePerson(known) ? contacts.namesOf(known).username : undefined,
		/** Keeps the names of groups. @returns nothing if they were so before */
		learn(groups: readonly NamedGroup[]): Change[] {
			const news = groups.filter(({ id, subject }) => subject && subjects.get(id) !== subject)
			return news.map(({ id, subject }) => {
				subjects.set(id, subject!)
				return latest('group-subject', id, subjects)
			})
		},
	}
}

export type Names = Awaited<ReturnType<typeof openNames>>
