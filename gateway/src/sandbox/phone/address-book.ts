import { lidOf } from '../server/jids.ts'
import type { PhoneAppState } from './app-state.ts'
import type { PhoneContext } from './context.ts'
import { jidOf, type Person } from './person.ts'

export type SavedContact = {
	/** The jid. */
	contact: string
	full_name: string
	first_name: string | null
	lid: string | null
	/** Whether the phone has it in its own address book as well. */
	on_phone: boolean
}

/** The contacts that the devices of an account share. */
export class AddressBook {
	readonly #context: PhoneContext
	readonly #appState: PhoneAppState

	constructor(context: PhoneContext, appState: PhoneAppState) {
		this.#context = context
		this.#appState = appState
	}

	async all(): Promise<SavedContact[]> {
		const all = await this.#appState.read()
		return all.flatMap(({ index: [kind, contact = ''], value: { contactAction: saved } }) =>
			kind === 'contact' && saved
				? {
						contact,
						full_name: saved.fullName ?? '',
						first_name: saved.firstName ?? null,
						lid: saved.lidJid ?? null,
						on_phone: saved.saveOnPrimaryAddressbook ?? false,
					}
				: [],
		)
	}

	saves(who: Person, names: { fullName: string; firstName?: string | undefined }): Promise<void> {
		const account = this.#context.whatsapp.directory.account(jidOf(who))
		const lid = account && { lidJid: lidOf(account) }
		const contact = { ...names, ...lid, saveOnPrimaryAddressbook: true }
		return this.#appState.changes({ contact }, jidOf(who))
	}

	removes(who: Person): Promise<void> {
		return this.#appState.changes({ contact: null }, jidOf(who))
	}
}
