import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { keysInDirectory } from '../../session/import-baileys/directory.ts'
import { keyNamed } from '../../session/import-baileys/file-name.ts'
import { parseStored } from '../../session/import-baileys/parse-stored.ts'
import {
	linkedAccount,
	type StoredDevice,
	type StoredKey,
} from '../../session/import-baileys/stored-device.ts'
import type { KeyHash } from './redis.ts'

const CREDS = 'creds'

export type EvolutionStores = {
	/** The credentials in the table "Session". */
	creds: unknown
	/** What Redis has of the instance. */
	hash: KeyHash | undefined
	/** The directory with its keys as files. */
	directory: string | undefined
}

export type Login = {
	/** Undefined if its credentials were found nowhere. */
	device: StoredDevice | undefined
	/** Where it was found. */
	text: string
	warnings: string[]
}

/**
 * Puts together what Evolution API keeps of the device of an instance. Its credentials are in Redis or in SQL, its keys
 * in Redis or in files.
 */
export async function loginOf({ creds, hash, directory }: EvolutionStores): Promise<Login> {
	const inRedis = parsed(await hash?.get(CREDS))
	const inSql = parsed(creds)
	const chosen = newerOf(inRedis, inSql)
	const inHash = hash ? keysInHash(hash) : []
	const inFiles = directory ? await filesIn(directory) : []
	const keys = inHash.length ? inHash : inFiles
	const places = {
		creds:
			chosen === undefined
				? undefined
				: chosen === inRedis
					? `Redis ${hash!.key}`
					: 'the table "Session"',
		keys: inHash.length ? `Redis ${hash!.key}` : inFiles.length ? directory! : undefined,
	}
	if (places.creds === undefined)
		return {
			device: undefined,
			text: places.keys ? `no credentials, ${keys.length} keys in ${places.keys}` : 'not found',
			warnings: [],
		}
	return {
		device: { place: `${CREDS} in ${places.creds}`, creds: chosen, keys },
		text: places.keys
			? `credentials in ${places.creds}, ${keys.length} keys in ${places.keys}`
			: `credentials in ${places.creds}, no keys`,
		warnings: [
			...(keys.length ? [] : [NO_KEYS]),
			...(inHash.length && inFiles.length
				? [
						`There are keys in ${directory} as well, which are not taken. If Evolution API used them last, leave out --redis.`,
					]
				: []),
			...(inRedis !== undefined && inSql !== undefined && !isSameDevice(inRedis, inSql)
				? [
						`Redis and the table "Session" have different logins. The one of ${places.creds} is taken.`,
					]
				: []),
		],
	}
}

const NO_KEYS =
	'Its keys were found neither in Redis (--redis) nor in files (--files). It connects without them, but each chat has to be ' +
	'encrypted anew: messages that others send first may arrive late, or not at all.'

/** What cannot be read is as if it were not there; it is named as damaged when it is the only one. */
function parsed(stored: unknown): unknown {
	if (stored === undefined || stored === null) return undefined
	try {
		return parseStored(stored) ?? undefined
	} catch {
		return 'damaged'
	}
}

type Creds = { registrationId?: unknown; nextPreKeyId?: unknown } | undefined

const isSameDevice = (a: unknown, b: unknown) =>
	(a as Creds)?.registrationId === (b as Creds)?.registrationId

/** Of two states of a device the later one, which has made more keys; of two devices the one in Redis, which Evolution API reads first. */
function newerOf(inRedis: unknown, inSql: unknown): unknown {
	const [best, other] = [inRedis, inSql].filter((creds) => creds !== undefined).sort(byUse)
	if (best === undefined || other === undefined) return best
	const madeBy = (creds: unknown) => Number((creds as Creds)?.nextPreKeyId ?? 0)
	return isSameDevice(best, other) && madeBy(other) > madeBy(best) ? other : best
}

/** Those of a linked device first, then those that can be read. */
const byUse = (a: unknown, b: unknown) => useOf(b) - useOf(a)

const useOf = (creds: unknown) =>
	linkedAccount(creds) !== undefined ? 2 : typeof creds === 'object' ? 1 : 0

const keysInHash = (hash: KeyHash): StoredKey[] =>
	hash.fields.flatMap((name) => {
		const key = keyNamed(name)
		return key
			? [{ ...key, name, read: async () => parseStored((await hash.get(name)) ?? null) }]
			: []
	})

async function filesIn(directory: string): Promise<StoredKey[]> {
	const found = await stat(directory).catch(() => undefined)
	return found?.isDirectory() ? keysInDirectory(directory) : []
}

/** Where the keys of an instance lie below what `--files` names: the folder `instances` itself, or the one above. */
export async function directoryOf(
	files: string | undefined,
	instance: string,
): Promise<string | undefined> {
	if (files === undefined) return undefined
	const below = join(files, 'instances', instance)
	const isBelow = await stat(below).then(
		() => true,
		() => false,
	)
	return isBelow ? below : join(files, instance)
}
