import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BufferJSON, initAuthCreds, type AuthenticationCreds } from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { Change } from '../../storage/driver.ts'
import { credsSchema, keyPairSchema } from '../signal/auth-state.ts'
import { ownKeysOf } from '../signal/own-keys.ts'
import type { OwnKeys } from '../signal/operations.ts'
import { keyOfFile, type KeyType } from './file-name.ts'
import { senderKeyChanges } from './sender-keys.ts'
import { ImportError } from './import-error.ts'
import { sessionChanges } from './sessions.ts'

const creds = credsSchema.extend({
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

/**
 * Reads a directory of Baileys' `useMultiFileAuthState` as what the state of a session starts with, so
 * that the device goes on without being linked again. Whatever used the directory before must have been
 * stopped for good: two that use the same keys make each other's messages unreadable.
 * @param skipped told of keys that could not be read. Baileys would treat them as absent, and so do we.
 * @throws ImportError when there is no linked device in it
 */
export async function readBaileysAuth(
	directory: string,
	skipped: (file: string, why: unknown) => void = () => undefined,
): Promise<Change[]> {
	const identity = await readCreds(directory)
	const own = ownKeysOf(identity)
	const changes: Change[] = [{ collection: 'creds', id: 'me', value: encoded(identity) }]
	// One after the other: there can be more of them than files may be open.
	for (const file of (await readdir(directory)).sort()) {
		const key = keyOfFile(file)
		if (!key) continue
		try {
			const value = await readJson(join(directory, file))
			if (value !== null) changes.push(...changesOf(key.type, key.id, value, own))
		} catch (why) {
			skipped(file, why)
		}
	}
	return changes
}

function changesOf(type: KeyType, id: string, value: unknown, own: OwnKeys): Change[] {
	if (type === 'session') return sessionChanges(id, value, own)
	if (type === 'sender-key') return senderKeyChanges(id, value)
	return [{ collection: type, id, value: encoded(value) }]
}

async function readCreds(directory: string): Promise<AuthenticationCreds> {
	const path = join(directory, 'creds.json')
	const stored = await readJson(path).catch((cause: unknown) => refuse(path, cause))
	const identity = creds.safeParse(stored)
	if (!identity.success) refuse(path, identity.error)
	if (!linked.safeParse(stored).success)
		throw new ImportError(
			`The device of ${path} was never linked to an account. Link a new session by its QR instead.`,
		)
	// Files of earlier versions lack some of what Baileys 7 counts on.
	return { ...initAuthCreds(), ...(identity.data as unknown as AuthenticationCreds) }
}

function refuse(path: string, cause: unknown): never {
	const isMissing = ['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')
	throw new ImportError(
		isMissing
			? `There is no ${path}. Give the directory that Baileys' useMultiFileAuthState was given.`
			: `${path} is damaged or cannot be read. Restore it from a backup, or link a new session by its QR.`,
		{ cause },
	)
}

async function readJson(path: string): Promise<unknown> {
	return JSON.parse(await readFile(path, 'utf8'), BufferJSON.reviver)
}

function encoded(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value, BufferJSON.replacer))
}
