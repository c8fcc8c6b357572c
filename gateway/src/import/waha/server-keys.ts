import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { keyLength } from '../../http/api-keys/store.ts'
import { actionsField, actionsOf } from '../../http/dialects/waha/keys/actions.ts'
import type { FoundKey } from '../found-session.ts'
import { SERVER_FILE } from './directories.ts'

/** A key of the server, and the session that it is for; null for all. */
export type ServerKey = { session: string | null; key: FoundKey }

/** A yes or no, as SQLite and JSON have it. */
const flag = z.union([z.boolean(), z.number().transform(Boolean)])

const row = z.looseObject({
	id: z.coerce.string(),
	key: z.string(),
	isActive: flag.default(true),
	isAdmin: flag.optional(),
	session: z.string().nullable().default(null),
	data: z.unknown(),
})

/** What may stand in the column of the rest. */
const rest = z.looseObject({ isAdmin: flag.nullish(), actions: actionsField })

/** The keys that were made in WAHA. @returns none if the file has no such table */
export async function readServerKeys(file: string): Promise<ServerKey[]> {
	return (await rowsOf(file)).flatMap((stored) => {
		const { data } = row.safeParse(stored)
		return data ? [serverKey(data)] : []
	})
}

function serverKey({
	id,
	key,
	session,
	isActive: active,
	...stored
}: z.output<typeof row>): ServerKey {
	const more = rest.safeParse(parsed(stored.data)).data
	const isAdmin = (stored.isAdmin ?? more?.isAdmin) === true && session === null
	const name = `WAHA: ${id}`
	if (isAdmin) return { session, key: { name, key, active, role: 'admin' } }
	const actions = actionsOf(more?.actions)
	return { session, key: { name, key, active, role: 'member', actions } }
}

/** Whether a key can be one of the gateway. */
export const isUsable = ({ key: { key } }: ServerKey) =>
	key.length >= keyLength.min && key.length <= keyLength.max

function parsed(data: unknown): unknown {
	if (typeof data !== 'string') return data ?? {}
	try {
		return JSON.parse(data)
	} catch {
		return {}
	}
}

/** Reads a copy: to open the file itself would write beside it. */
async function rowsOf(file: string): Promise<unknown[]> {
	const directory = await mkdtemp(join(tmpdir(), 'gateway-import-'))
	try {
		const copy = join(directory, SERVER_FILE)
		await copyFile(file, copy)
		for (const suffix of ['-wal', '-shm'])
			await copyFile(file + suffix, copy + suffix).catch(() => undefined)
		return allKeys(copy)
	} finally {
		await rm(directory, { recursive: true, force: true })
	}
}

function allKeys(file: string): unknown[] {
	const database = new DatabaseSync(file)
	try {
		return database.prepare('SELECT * FROM api_key').all()
	} catch (error) {
		// An earlier version has no such table.
		if (/no such table/.test((error as Error).message)) return []
		throw error
	} finally {
		database.close()
	}
}
