import {
	BufferJSON,
	initAuthCreds,
	proto,
	type AuthenticationCreds,
	type AuthenticationState,
	type SignalDataSet,
	type SignalDataTypeMap,
} from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { Storage } from '../storage/driver.ts'

const keyPair = z.looseObject({ public: z.unknown(), private: z.unknown() })
const schema = z.object({
	creds: z.looseObject({
		noiseKey: keyPair,
		signedIdentityKey: keyPair,
		signedPreKey: z.looseObject({ keyPair }),
		registrationId: z.number(),
		advSecretKey: z.string(),
	}),
	keys: z.record(z.string(), z.record(z.string(), z.unknown())),
})

/** Who a linked device is and what it shares with whom: Baileys' state, kept in one document. */
export type AuthState = AuthenticationState & {
	/** Saves the credentials; resolves when they, and every key set before, are durable. */
	save(): Promise<void>
	/** Saves for the last time: what an ended socket still wants to write then is ignored. */
	retire(): Promise<void>
	/** The hidden id of a phone number or the other way round, as far as it was learnt. */
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

/** The name of the document that holds the credentials and Signal keys of a session. */
export function authDocument(session: string) {
	return `sessions/${session}/auth`
}

/**
 * Opens the state of a session. Only a session that has none yet gets a new identity.
 * @throws DamagedError
 */
export async function openAuthState(storage: Storage, session: string): Promise<AuthState> {
	const fresh = () => ({ creds: encode(initAuthCreds()), keys: {} }) as z.output<typeof schema>
	const document = await storage.document(authDocument(session), fresh, schema)
	const { data } = document
	const creds = decode(data.creds) as AuthenticationCreds
	let retired = false
	const save = async () => {
		if (retired) return
		data.creds = encode(creds) as typeof data.creds
		await document.save()
	}
	return {
		creds,
		keys: {
			get: async (type, ids) => pick(data.keys[type] ?? {}, type, ids),
			set: async (changes) => {
				if (retired) return
				apply(data.keys, changes)
				await document.save()
			},
		},
		save,
		retire: async () => {
			const last = save()
			retired = true
			await last
		},
		otherName: (user, kind) => {
			// Baileys' own names for the two directions (lid-mapping.js:71).
			const name = data.keys['lid-mapping']?.[kind === 'phone' ? user : `${user}_reverse`]
			return typeof name === 'string' ? name : undefined
		},
	}
}

function pick<T extends keyof SignalDataTypeMap>(
	items: Record<string, unknown>,
	type: T,
	ids: string[],
): Record<string, SignalDataTypeMap[T]> {
	const known = ids.filter((id) => Object.hasOwn(items, id))
	return Object.fromEntries(known.map((id) => [id, revive(type, decode(items[id]))])) as Record<
		string,
		SignalDataTypeMap[T]
	>
}

function apply(items: Record<string, Record<string, unknown>>, changes: SignalDataSet) {
	for (const [type, values] of Object.entries(changes)) {
		const ofType = (items[type] ??= {})
		for (const [id, value] of Object.entries(values ?? {})) {
			if (value === null || value === undefined) delete ofType[id]
			else ofType[id] = encode(value)
		}
	}
}

// Baileys does calculations with these, so they must be protobuf objects and not their JSON.
function revive(type: string, value: unknown) {
	if (type !== 'app-state-sync-key') return value
	return proto.Message.AppStateSyncKeyData.fromObject(value as object)
}

function encode(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value, BufferJSON.replacer))
}

function decode(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value), BufferJSON.reviver)
}
