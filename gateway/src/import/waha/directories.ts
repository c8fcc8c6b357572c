import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ImportError } from '../../session/import-baileys/import-error.ts'

export const CREDS_FILE = 'creds.json'
export const CONFIG_FILE = '.waha.session.config.json'
export const SERVER_FILE = 'waha.sqlite3'

/** Engines of WAHA whose logins are not those of Baileys. */
const otherEngines = ['webjs', 'wpp', 'venom', 'gows']

/** The directory of a session. */
export type SessionDirectory = { name: string; path: string; engine: string }

/** What lies below WAHA's `.sessions`. */
export type WahaDirectories = {
	sessions: SessionDirectory[]
	/** Files with what is the whole server's. */
	servers: string[]
}

/**
 * Finds the directories of sessions below the one that is given: `.sessions` with a directory for each engine, or the
 * directory of one engine.
 * @throws ImportError
 */
export async function findDirectories(given: string): Promise<WahaDirectories> {
	const below = await directoriesIn(given).catch((cause: unknown) => {
		throw new ImportError(`There is no directory ${given}. Give WAHA's .sessions.`, { cause })
	})
	if (await isThere(join(given, CREDS_FILE)))
		throw new ImportError(
			`${given} is the directory of one session. Give the one above it, or say: import ${given} SESSION`,
		)
	const isEngine = otherEngines.includes(basename(given)) || (await holdsSessions(given))
	const engines = isEngine ? [given] : below.map((name) => join(given, name))
	const found = await Promise.all(engines.map(inEngine))
	return {
		sessions: found.flatMap(({ sessions }) => sessions),
		servers: found.flatMap(({ servers }) => servers),
	}
}

/** Whether sessions of NOWEB lie right below. */
async function holdsSessions(directory: string): Promise<boolean> {
	if (await isThere(join(directory, SERVER_FILE))) return true
	const names = await directoriesIn(directory)
	const found = await Promise.all(names.map((name) => isSession(join(directory, name))))
	return found.some(Boolean)
}

async function inEngine(directory: string): Promise<WahaDirectories> {
	const engine = basename(directory)
	const isOther = otherEngines.includes(engine)
	const sessions: SessionDirectory[] = []
	for (const name of (await directoriesIn(directory)).sort()) {
		const path = join(directory, name)
		if (isOther || (await isSession(path))) sessions.push({ name: nameOf(name), path, engine })
	}
	const server = join(directory, SERVER_FILE)
	return { sessions, servers: (await isThere(server)) ? [server] : [] }
}

const isSession = async (path: string) =>
	(await isThere(join(path, CREDS_FILE))) || isThere(join(path, CONFIG_FILE))

/** Versions before October 2024 add the MD5 of the name. */
function nameOf(directory: string): string {
	const [, name, sum] = /^(.+)-([0-9a-f]{32})$/.exec(directory) ?? []
	const isSum = name !== undefined && sum === createHash('md5').update(name).digest('hex')
	return isSum ? name : directory
}

export const isOtherEngine = ({ engine }: SessionDirectory) => otherEngines.includes(engine)

async function directoriesIn(directory: string): Promise<string[]> {
	const entries = await readdir(directory, { withFileTypes: true })
	return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

const isThere = (path: string): Promise<boolean> =>
	stat(path).then(
		() => true,
		() => false,
	)
