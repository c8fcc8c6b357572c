import { createHash } from 'node:crypto'
import { DamagedError } from '../driver.ts'
import { isEncrypted, keyIsMissing, StateKeyError, type PlaceCipher } from '../json/encryption.ts'

/** How the records of a state stand in rows. */
export type RowCodec = {
	/** Whether ids stand in rows as they are, but for those that PostgreSQL cannot hold. */
	isReadable: boolean
	/** What stands for an id in its collection. */
	keyOf(collection: string, id: string): string
	/** @param text the value as JSON @param key what `keyOf` gives */
	encode(collection: string, id: string, text: string, key: string): string
	/** @throws DamagedError, StateKeyError */
	decode(collection: string, row: Row): { id: string; value: unknown }
}

export type Row = { id: string; value: string }

/** An entry of an index has some 2,700 bytes at most, and what comes from WhatsApp may be longer. */
const LONGEST_ID = 250
/** Begins what stands for an id that is in the value. */
export const HASHED = '#'

/** @param name of the state: a row that was put into another one is refused */
export function rowCodec(name: string, cipher: PlaceCipher | undefined): RowCodec {
	return cipher ? encryptedRows(name, cipher) : plainRows(name)
}

/** Rows that a person can read. An id that PostgreSQL cannot hold stands as its hash, with the id in the value. */
function plainRows(name: string): RowCodec {
	return {
		isReadable: true,
		keyOf: (_, id) => (isFit(id) ? id : HASHED + sha256(JSON.stringify(id))),
		encode: (_, id, text) => (isFit(id) ? text : withId(id, text)),
		decode: (collection, { id, value }) =>
			reading(name, collection, id, () => {
				if (isEncrypted(value)) throw keyIsMissing()
				return id.startsWith(HASHED)
					? parsePair(value)
					: { id, value: JSON.parse(value) as unknown }
			}),
	}
}

/** Rows that say nothing without the key, and are refused in any other place. */
function encryptedRows(name: string, cipher: PlaceCipher): RowCodec {
	const placeOf = (collection: string, key: string) => `record\n${name}\n${collection}\n${key}`
	const keyOf = (collection: string, id: string) =>
		cipher.digest(JSON.stringify([name, collection, id]))
	return {
		isReadable: false,
		keyOf,
		encode: (collection, id, text, key) =>
			cipher.encrypt(withId(id, text), placeOf(collection, key)),
		decode: (collection, { id: key, value }) =>
			reading(name, collection, key, () =>
				parsePair(cipher.decrypt(value, placeOf(collection, key))),
			),
	}
}

// JSON tells halves of surrogate pairs apart, which UTF-8 cannot.
const sha256 = (json: string) => createHash('sha256').update(json).digest('hex')

const isFit = (id: string) =>
	id.length <= LONGEST_ID && !id.startsWith(HASHED) && !id.includes('\0') && id.isWellFormed()

const withId = (id: string, text: string) => `[${JSON.stringify(id)},${text}]`

function parsePair(text: string): { id: string; value: unknown } {
	const [id, value] = JSON.parse(text) as [string, unknown]
	return { id, value }
}

function reading<T>(name: string, collection: string, key: string, read: () => T): T {
	try {
		return read()
	} catch (cause) {
		if (cause instanceof StateKeyError) throw cause
		throw damagedRow(`Record ${key} of ${collection} in ${name}`, 'it cannot be read', cause)
	}
}

/** @param what names the row @param why what is wrong with it, as a clause */
export function damagedRow(what: string, why: string, cause?: unknown) {
	const advice = 'The rows were left as they are; restore them from a backup.'
	return new DamagedError(`${what} is damaged: ${why}. ${advice}`, { cause })
}
