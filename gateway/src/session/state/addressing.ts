import type { AddressForm } from '../address-form.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { latest } from './latest.ts'

const ACCOUNT = 'account'

/**
 * How the account's chats of two are addressed, which is a property of the account: a message in the other form is
 * refused. And which LIDs belong to accounts that are gone.
 */
export async function openAddressing(state: StateStore) {
	const known = (await state.list('addressing')) as Map<string, AddressForm | 'gone'>

	function put(id: string, value: AddressForm | 'gone'): Change[] {
		if (known.get(id) === value) return []
		known.set(id, value)
		return [latest('addressing', id, known)]
	}

	return {
		/** Undefined until WhatsApp has told it, or an answer has shown it. */
		form: () => known.get(ACCOUNT) as AddressForm | undefined,
		/** WhatsApp has told or shown the form. No account goes back from LIDs to phone numbers. */
		learn: (form: AddressForm): Change[] =>
			known.get(ACCOUNT) === 'lid' ? [] : put(ACCOUNT, form),
		/** The person has a new account, with another LID. @param lid with its server */
		gone: (lid: string): Change[] => put(lid, 'gone'),
		/** A LID belongs to a person now. @param lid with its server */
		inUse(lid: string): Change[] {
			return known.delete(lid) ? [latest('addressing', lid, known)] : []
		},
		isGone: (lid: string): boolean => known.get(lid) === 'gone',
	}
}

export type Addressing = Awaited<ReturnType<typeof openAddressing>>
