import { BufferJSON, initAuthCreds, type AuthenticationState } from '@whiskeysockets/baileys'

type Kept = { creds: AuthenticationState['creds']; keys: [string, unknown][] }

/** Keys in a Map: the fastest store that Baileys can be given, and one that loses everything at the end. */
export class MemoryAuth implements AuthenticationState {
	readonly creds: AuthenticationState['creds']
	readonly #keys: Map<string, unknown>

	constructor(kept?: string) {
		const { creds, keys } = kept
			? (JSON.parse(kept, BufferJSON.reviver) as Kept)
			: { creds: initAuthCreds(), keys: [] }
		this.creds = creds
		this.#keys = new Map(keys)
	}

	readonly keys: AuthenticationState['keys'] = {
		get: (type, ids) => {
			const found: Record<string, unknown> = {}
			for (const id of ids) {
				const value = this.#keys.get(`${type} ${id}`)
				if (value !== undefined) found[id] = value
			}
			return found as never
		},
		set: (data) => {
			for (const [type, entries] of Object.entries(data))
				for (const [id, value] of Object.entries(entries))
					if (value === null) this.#keys.delete(`${type} ${id}`)
					else this.#keys.set(`${type} ${id}`, value)
		},
	}

	/** For starting once more with the same device, which is outside of what is measured. */
	toString(): string {
		return JSON.stringify({ creds: this.creds, keys: [...this.#keys] }, BufferJSON.replacer)
	}
}
