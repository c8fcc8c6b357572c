import { BufferJSON, initAuthCreds, type AuthenticationCreds } from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { Change } from '../../storage/driver.ts'
import { credsSchema, keyPairSchema } from '../signal/auth-state.ts'
import type { OwnKeys } from '../signal/operations.ts'
import { ownKeysOf } from '../signal/own-keys.ts'
import type { KeyType } from './file-name.ts'
import { ImportError } from './import-error.ts'
import { senderKeyChanges } from './sender-keys.ts'
import { sessionChanges } from './sessions.ts'

/** A key beside the credentials. */
export type StoredKey = {
	/** How messages call it: the name of its file, for example. */
	name: string
	type: KeyType
	id: string
	/** Its value; bytes are buffers. @throws when it cannot be read */
	read(): Promise<unknown>
}

/** A device as a program that uses Baileys keeps it. */
export type StoredDevice = {
	/** How messages call the credentials: the path of their file, for example. */
	place: string
	/** The credentials; bytes are buffers. */
	creds: unknown
	keys: StoredKey[]
}

const storedCreds = credsSchema.extend({
	signedPreKey: z.looseObject({
		keyId: z.number(),
		keyPair: keyPairSchema,
		signature: z.instanceof(Uint8Array),
	}),
	nextPreKeyId: z.number(),
	firstUnuploadedPreKeyId: z.number(),
})

/** Only a device that WhatsApp has linked has both. */
const linked = z.looseObject({ me: z.looseObject({ id: z.string() }), account: z.looseObject({}) })

/** The jid of the account that credentials are linked to; undefined if they are linked to none. */
export const linkedAccount = (creds: unknown): string | undefined =>
	linked.safeParse(creds).data?.me.id

/**
 * What the state of a session starts with, so that a stored device goes on without being linked again.
 * @param skipped told of keys that could not be read. Baileys would treat them as absent, and so do we.
 * @throws ImportError when it is no linked device
 */
export async function deviceChanges(
	{ place, creds, keys }: StoredDevice,
	skipped: (name: string, why: unknown) => void,
): Promise<Change[]> {
	const identity = checkedCreds(place, creds)
	const own = ownKeysOf(identity)
	const changes: Change[] = [{ collection: 'creds', id: 'me', value: encoded(identity) }]
	// One after the other: there can be more of them than files may be open.
	for (const { name, type, id, read } of keys) {
		try {
			const value = await read()
			if (value !== null) changes.push(...changesOf(type, id, value, own))
		} catch (why) {
			skipped(name, why)
		}
	}
	return changes
}

/** @throws ImportError */
export function checkedCreds(place: string, creds: unknown): AuthenticationCreds {
	const identity = storedCreds.safeParse(creds)
	if (!identity.success) throw damagedCreds(place, identity.error)
	if (linkedAccount(creds) === undefined)
		throw new ImportError(
			`The device of ${place} was never linked to an account. Link a new session by its QR instead.`,
		)
	// Files of earlier versions lack some of what Baileys 7 counts on.
	return { ...initAuthCreds(), ...(identity.data as unknown as AuthenticationCreds) }
}

export const damagedCreds = (place: string, cause: unknown) =>
	new ImportError(
		`${place} is damaged or cannot be read. Restore it from a backup, or link a new session by its QR.`,
		{ cause },
	)

function changesOf(type: KeyType, id: string, value: unknown, own: OwnKeys): Change[] {
	if (type === 'session') return sessionChanges(id, value, own)
	if (type === 'sender-key') return senderKeyChanges(id, value)
	if (typeof value === 'string' && type !== 'lid-mapping') throw new TypeError('is a text')
	return [{ collection: type, id, value: encoded(value) }]
}

function encoded(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value, BufferJSON.replacer))
}
