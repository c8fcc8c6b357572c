import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { GatewayError } from '../../errors.ts'
import { hashOfToken, newApiKey } from '../../lib/token.ts'
import { ulid } from '../../lib/ulid.ts'
import type { Storage } from '../../storage/driver.ts'
import { keyActions, type Caller, type KeyAction } from './caller.ts'
import { createLastUsed } from './last-used.ts'

/** Bounds what hashing a key costs: some APIs take it from a body, which may be large. */
export const MAX_KEY_LENGTH = 1024
/** Of a key that somebody else has chosen: shorter ones can be guessed. */
const MIN_KEY_LENGTH = 16

/** How many characters a key may have that somebody else has chosen. */
export const keyLength = { min: MIN_KEY_LENGTH, max: MAX_KEY_LENGTH }

const keyRecord = z.object({
	id: z.string(),
	name: z.string(),
	role: z.enum(['admin', 'member']),
	sessions: z.array(z.string()).nullable(),
	workspace: z.string().nullable().default(null),
	/** What it may do, if that is limited; only a dialect that knows such limits takes it then. */
	actions: z.array(z.enum(keyActions)).nullable().default(null),
	/** A key that is not active is as wrong as one that does not exist. */
	active: z.boolean().default(true),
	/** SHA-256 of the key, hex. Ours are 256 random bits, so a slow hash would protect nothing. */
	hash: z.string(),
	created_at: z.string(),
	last_used: z.string().nullable().default(null),
})

export type KeyRecord = z.output<typeof keyRecord>
export type NewKey = Pick<KeyRecord, 'name' | 'role'> & {
	sessions?: string[] | undefined
	workspace?: string | undefined
	actions?: KeyAction[] | undefined
	active?: boolean | undefined
	/** The key itself, if a client or another system has chosen it: 16 to 1,024 characters. */
	key?: string | undefined
}

export type KeyChange = Partial<Pick<KeyRecord, 'role' | 'sessions' | 'actions' | 'active'>>

/** The API keys. Only their hashes are stored. */
export type Keys = Awaited<ReturnType<typeof openKeys>>

/** @param adminKey the operator's own key, which is never stored; without one, see `createFirst` */
export async function openKeys(storage: Storage, adminKey: string | undefined) {
	const document = await storage.document('keys', () => [], z.array(keyRecord))
	const configured = adminKey === undefined ? undefined : sha256(adminKey)
	const withHash = createHashIndex()
	const lastUsed = createLastUsed(async (times) => {
		await document.update((records) => {
			for (const record of records) record.last_used = later(times.get(record.id), record.last_used)
		})
	})

	const shown = ({ hash: _, ...record }: KeyRecord) => ({
		...record,
		last_used: lastUsed.of(record.id) ?? record.last_used,
	})

	function newRecord({
		name,
		role,
		sessions,
		workspace,
		actions,
		active = true,
		...given
	}: NewKey) {
		const { key = newApiKey() } = given
		if (key.length < MIN_KEY_LENGTH || key.length > MAX_KEY_LENGTH) throw keyOfWrongLength()
		const record: KeyRecord = {
			id: `key_${ulid()}`,
			name,
			role,
			sessions: sessions ?? null,
			workspace: workspace ?? null,
			actions: actions ?? null,
			active,
			hash: hashOfToken(key),
			created_at: new Date().toISOString(),
			last_used: null,
		}
		return { record, key }
	}

	async function add(wanted: NewKey) {
		const { record, key } = newRecord(wanted)
		await document.update((records) => {
			if (records.some(({ hash }) => hash === record.hash) || isOperators(key)) throw keyTaken()
			records.push(record)
		})
		return { ...shown(record), key }
	}

	const isOperators = (key: string) => configured?.equals(sha256(key)) === true

	function callerFrom({ id, role, sessions, workspace, actions }: KeyRecord): Caller {
		lastUsed.note(id)
		return { key: id, role, sessions, workspace, actions }
	}

	function fingerprintOf(id: string): string | undefined {
		if (id === operator.key) return configured?.toString('hex')
		return document.data.find((record) => record.id === id && record.active)?.hash
	}

	const hasAdmin = (records: KeyRecord[]) => records.some(({ role }) => role === 'admin')

	return {
		/** The caller that a key belongs to, or undefined if it is wrong. Takes the same time for any number of keys. */
		callerWith(key: string): Caller | undefined {
			if (key.length > MAX_KEY_LENGTH) return undefined
			const hash = sha256(key)
			if (configured && timingSafeEqual(hash, configured)) return operator
			// The time that a lookup takes could tell something of a hash at most, and from a hash no key follows.
			const found = withHash(document.data, hash.toString('hex'))
			return found?.active ? callerFrom(found) : undefined
		},
		/** What a key is told by without being kept: another text after its rotation, undefined for one that is gone. */
		fingerprintOf,
		/** The caller of a key that was checked before; undefined if it was rotated or deleted since. */
		callerOf(id: string, fingerprint: string): Caller | undefined {
			if (fingerprintOf(id) !== fingerprint) return undefined
			if (id === operator.key) return operator
			return callerFrom(document.data.find((record) => record.id === id)!)
		},
		/** The name that was given to a key; undefined for the operator's own and for one that is gone. */
		nameOf: (id: string) => document.data.find((record) => record.id === id)?.name,
		list: () => document.data.map(shown),
		add,
		/** Creates an admin key if there is none and the operator set none. @returns the key, to be shown once */
		async createFirst(): Promise<string | undefined> {
			if (configured || hasAdmin(document.data)) return undefined
			const { record, key } = newRecord({ name: 'first admin key', role: 'admin' })
			// Another gateway may have made one meanwhile.
			return document.update((records) => {
				if (hasAdmin(records)) return undefined
				records.push(record)
				return key
			})
		},
		/** Replaces a key, which is invalid from now on. @throws GatewayError key_not_found */
		async rotate(id: string) {
			const key = newApiKey()
			const rotated = await document.update((records) => {
				const record = records.find((candidate) => candidate.id === id)
				if (!record) throw keyNotFound(id)
				record.hash = hashOfToken(key)
				return record
			})
			return { ...shown(rotated), key }
		},
		/** Changes the given fields of a key. @throws GatewayError key_not_found */
		async change(id: string, change: KeyChange) {
			const changed = await document.update((records) => {
				const record = records.find((candidate) => candidate.id === id)
				if (!record) throw keyNotFound(id)
				return Object.assign(record, change)
			})
			return shown(changed)
		},
		/** @throws GatewayError key_not_found */
		async remove(id: string) {
			await document.update((records) => {
				const index = records.findIndex((record) => record.id === id)
				if (index < 0) throw keyNotFound(id)
				records.splice(index, 1)
			})
		},
		/** Saves when keys were last used. */
		close: () => lastUsed.close(),
	}
}

/** Finds records by the hash of their key. The index is made anew when the records have been replaced. */
function createHashIndex() {
	let indexed: KeyRecord[] | undefined
	let byHash = new Map<string, KeyRecord>()
	return function withHash(records: KeyRecord[], hash: string): KeyRecord | undefined {
		if (records !== indexed) {
			byHash = new Map(records.map((record) => [record.hash, record]))
			indexed = records
		}
		return byHash.get(hash)
	}
}

/** Another gateway may have seen a key later. */
function later(used: string | undefined, known: string | null): string | null {
	return used !== undefined && used > (known ?? '') ? used : known
}

const operator: Caller = {
	key: 'admin',
	role: 'admin',
	sessions: null,
	workspace: null,
	actions: null,
}

function sha256(text: string) {
	return createHash('sha256').update(text).digest()
}

function keyOfWrongLength() {
	const advice = `A key of your own must have ${MIN_KEY_LENGTH} to ${MAX_KEY_LENGTH} characters. Leave it out to get one made.`
	return new GatewayError('invalid_request', advice, { field: 'key' })
}

function keyTaken() {
	const advice = 'This key cannot be used. Choose another, or leave it out to get one made.'
	return new GatewayError('name_taken', advice, { field: 'key' })
}

function keyNotFound(id: string) {
	const advice = `There is no API key ${id}. GET /api/v1/keys lists them.`
	return new GatewayError('key_not_found', advice)
}
