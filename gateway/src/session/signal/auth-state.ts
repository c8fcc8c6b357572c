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
import { DamagedError, type Change, type StateStore } from '../../storage/driver.ts'
import { createRecordCache } from './record-cache.ts'
import { openSignalStore, type SignalStore } from './store.ts'

/** The identity and keys of a linked device: Baileys' authentication state, kept in the session's store. */
export type AuthState = AuthenticationState & {
	signal: SignalStore
	/** Saves the credentials; resolves when they, and every key set before, are durable. */
	save(): Promise<void>
	/** Leaves out so many ids of pre-keys; the next ones are uploaded when the session connects. */
	skipPreKeys(count: number): Change[]
	/** Saves for the last time: later writes of an ended socket are ignored. */
	retire(): Promise<void>
	/** The LID of a phone number, or the phone number of a LID; undefined if it is not known. */
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
	/** Keeps whose LID this is. It is known at once, and durable when this resolves. @param lid with its server @param phone digits */
	learn(lid: string, phone: string): Promise<void>
	/** The privacy tokens of people, by jid; Baileys keeps a list of the jids among them. */
	privacyTokens(): Promise<[jid: string, SignalDataTypeMap['tctoken']][]>
	/** Every LID whose phone number is known, without servers. */
	phonesOfLids(): { lid: string; phone: string }[]
	/** Calls the listener with every LID whose phone number becomes known. */
	onPhone(listener: (lid: string, phone: string) => void): void
	/** Calls the listener when a phone number belongs to another account than before. */
	onNewAccount(listener: (change: AccountChange) => void): void
}

/** A phone number, and the LIDs of the account that has it now and of the one that had it before; without servers. */
export type AccountChange = { phone: string; lid: string; former: string }

/** A pair of keys as Baileys keeps it. */
export const keyPairSchema = z.looseObject({
	public: z.instanceof(Uint8Array),
	private: z.instanceof(Uint8Array),
})

/** What every version of Baileys writes of its credentials. */
export const credsSchema = z.looseObject({
	noiseKey: keyPairSchema,
	signedIdentityKey: keyPairSchema,
	signedPreKey: z.looseObject({ keyPair: keyPairSchema }),
	registrationId: z.number(),
	advSecretKey: z.string(),
})

/** The changes that a session starts with: a new identity. */
export function newIdentity(): Change[] {
	return [credsChange(initAuthCreds())]
}

/** The collections that belong to one linking of the device, and are useless after it. */
export const identityCollections = [
	'creds',
	'pre-key',
	'session',
	'outdated-session',
	'sender-key',
	'sender-key-memory',
	'app-state-sync-key',
	'app-state-sync-version',
	'app-state-read',
	'shared-setting',
	'addressing',
	'tctoken',
	'identity-key',
	'device-list',
	'governor',
]

/** Baileys' own name for the direction from LID to phone number (lid-mapping.js:71). */
const REVERSE = '_reverse'

/** Ratchets are kept by the Signal repository; Baileys keeps everything else by these calls. */
const ratchets = ['session', 'sender-key']
/** Collections that the repository writes, too: only the store has their current records. */
const repositoryCollections = [...ratchets, 'pre-key']

/** Opens the state of a session. @throws DamagedError when its identity is not there */
export async function openAuthState(state: StateStore): Promise<AuthState> {
	const signal = await openSignalStore(state)
	const own = await readCreds(state)
	const names = new Map((await state.list('lid-mapping')) as Map<string, string>)
	const recent = createRecordCache(state)
	let retired = false
	let phoneLearnt: (lid: string, phone: string) => void = () => {}
	let accountChanged: (change: AccountChange) => void = () => {}

	const isNews = (change: Change) =>
		repositoryCollections.includes(change.collection) || recent.isChange(change)

	async function save() {
		if (!retired) await state.commit([credsChange(own)])
	}

	const keys: AuthState['keys'] = {
		get: async (type, ids) => {
			const found = repositoryCollections.includes(type)
				? textsOf(await state.get(type, ids))
				: await recent.get(type, ids)
			const revived = [...found].map(([id, text]) => [id, revive(type, text)] as const)
			return Object.fromEntries(revived) as Record<string, SignalDataTypeMap[typeof type]>
		},
		set: async (data) => {
			if (retired) return
			for (const [id, other] of Object.entries(data['lid-mapping'] ?? {})) {
				const before = names.get(id)
				if (!other || before === other) continue
				names.set(id, other)
				if (id.endsWith(REVERSE)) phoneLearnt(id.slice(0, -REVERSE.length), other)
				else if (before) accountChanged({ phone: id, lid: other, former: before })
			}
			const changes = changesOf(data, signal).filter(isNews)
			if (!changes.length) return
			// The counter that numbers pre-keys is in the credentials: one without the other repeats ids.
			if (data['pre-key']) changes.push(credsChange(own))
			await state.commit(changes)
		},
	}

	return {
		creds: own,
		signal,
		keys,
		save,
		skipPreKeys(count) {
			own.nextPreKeyId += count
			own.firstUnuploadedPreKeyId = own.nextPreKeyId
			return [credsChange(own)]
		},
		retire: async () => {
			const last = save()
			retired = true
			await last
		},
		otherName: (user, kind) => names.get(kind === 'phone' ? user : `${user}${REVERSE}`),
		learn: async (lid, phone) => {
			const user = lid.split('@')[0]!
			await keys.set({ 'lid-mapping': { [phone]: user, [`${user}${REVERSE}`]: phone } })
		},
		privacyTokens: async () =>
			[...textsOf(await state.list('tctoken'))].map(([jid, text]) => [
				jid,
				revive('tctoken', text) as SignalDataTypeMap['tctoken'],
			]),
		phonesOfLids: () =>
			[...names]
				.filter(([id]) => id.endsWith(REVERSE))
				.map(([id, phone]) => ({ lid: id.slice(0, -REVERSE.length), phone })),
		onPhone: (listener) => void (phoneLearnt = listener),
		onNewAccount: (listener) => void (accountChanged = listener),
	}
}

async function readCreds(state: StateStore): Promise<AuthenticationCreds> {
	const stored = (await state.get('creds', ['me'])).get('me')
	const parsed = credsSchema.safeParse(decode(stored))
	if (parsed.success) return parsed.data as unknown as AuthenticationCreds
	throw new DamagedError('the identity of the session is not in its state', { cause: parsed.error })
}

const credsChange = (value: AuthenticationCreds): Change => ({
	collection: 'creds',
	id: 'me',
	value: encode(value),
})

function changesOf(data: SignalDataSet, signal: SignalStore): Change[] {
	return Object.entries(data).flatMap(([type, values]) =>
		Object.entries(values ?? {}).flatMap(([id, value]) => {
			if (!ratchets.includes(type)) return { collection: type, id, value: encode(value ?? null) }
			if (value) throw new Error(`Baileys may not write a ${type}: the Signal repository does`)
			return type === 'session' ? signal.drop(id) : signal.dropSenderKey(id)
		}),
	)
}

// Baileys does calculations with these, so they must be protobuf objects and not their JSON.
function revive(type: string, text: string): unknown {
	const decoded = JSON.parse(text, BufferJSON.reviver)
	return type === 'app-state-sync-key'
		? proto.Message.AppStateSyncKeyData.fromObject(decoded as object)
		: decoded
}

function encode(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value, BufferJSON.replacer))
}

const decode = (value: unknown): unknown =>
	JSON.parse(JSON.stringify(value ?? null), BufferJSON.reviver)

const textsOf = (values: Map<string, unknown>) =>
	new Map([...values].map(([id, value]) => [id, JSON.stringify(value)]))
