import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { writeAuthDirectory, type StoredByBaileys } from './stored-device.ts'

/** Writes a session of NOWEB. @param config what `.waha.session.config.json` has, if there is one */
export async function addWahaSession(
	engine: string,
	directory: string,
	stored: StoredByBaileys | undefined,
	config?: unknown,
): Promise<void> {
	const path = join(engine, directory)
	await mkdir(path, { recursive: true })
	if (stored) await writeAuthDirectory(path, stored)
	await writeFile(join(path, 'store.sqlite3'), 'not looked at')
	if (config === undefined) return
	const text = typeof config === 'string' ? config : JSON.stringify(config)
	await writeFile(join(path, '.waha.session.config.json'), text)
}

export type WahaKey = {
	id: string
	key: string
	isActive: boolean
	session: string | null
	data: object
}

/** Writes the server's own database, in the way that leaves what was written last beside it. */
export function writeServerFile(file: string, keys: WahaKey[]): void {
	const database = new DatabaseSync(file)
	database.exec(`PRAGMA journal_mode = WAL;
		CREATE TABLE api_key (id TEXT PRIMARY KEY, key TEXT, isActive BOOLEAN, session TEXT, data TEXT)`)
	const insert = database.prepare('INSERT INTO api_key VALUES (?, ?, ?, ?, ?)')
	for (const { id, key, isActive, session, data } of keys)
		insert.run(id, key, Number(isActive), session, JSON.stringify(data))
	database.close()
}

/** Makes every file below a directory look as if it had not been changed for an hour. */
export async function makeOld(directory: string): Promise<void> {
	const hourAgo = Date.now() / 1000 - 3_600
	for (const entry of await readdir(directory, { recursive: true, withFileTypes: true }))
		if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), hourAgo, hourAgo)
}
