import type { Change, StateStore } from '../../storage/driver.ts'
import type { AccountLimits } from '../ask/account-limits.ts'
import { latest } from './latest.ts'

/** What WhatsApp says of an account's limits. Times are Unix milliseconds. */
export type KnownLimits = AccountLimits & {
	/** When WhatsApp was asked; 0 if it never was. */
	askedAt: number
	/** When WhatsApp last refused a message to a new person, with code 463. */
	refusedAt?: number | undefined
	/** The facts that the last event told, as JSON. */
	told?: string | undefined
}

/** How many numbers were looked up, by the hours since 1970. */
export type CheckedNumbers = Record<string, number>

type Records = { whatsapp: KnownLimits; 'number-checks': CheckedNumbers }

/** What the governor keeps besides the first messages, which are with the chats. It belongs to one linking of the device. */
export async function openGovernorRecords(state: StateStore) {
	const known = (await state.list('governor')) as Map<string, unknown>
	return {
		get: <Name extends keyof Records>(name: Name) => known.get(name) as Records[Name] | undefined,
		set<Name extends keyof Records>(name: Name, value: Records[Name]): Change {
			known.set(name, value)
			return latest('governor', name, known)
		},
	}
}

export type GovernorRecords = Awaited<ReturnType<typeof openGovernorRecords>>
