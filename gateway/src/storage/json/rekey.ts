import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Shape } from '../driver.ts'
import { durableFile } from './durable-file.ts'
import type { JsonStorageOptions } from './index.ts'
import { MANIFEST } from './manifest.ts'
import type { Staging } from './staging.ts'
import { openStateStore } from './state-store.ts'
import type { Cipher } from './record-line.ts'
import { takeDirectory } from './directory.ts'

type Reports = Pick<JsonStorageOptions, 'onLost' | 'onCut'>

/**
 * Writes every document and every session's state again, encrypted by the cipher. After a crash some are rewritten and
 * some are not: running it again goes on.
 * @returns how many there were
 * @throws StateKeyError, DamagedError before anything that cannot be read is touched
 */
export async function rekeyState(
	root: string,
	cipher: Cipher,
	{ onLost, onCut }: Reports,
): Promise<number> {
	if (!existsSync(root)) return 0
	const { staging, release } = await takeDirectory(root, onLost)
	try {
		const documents = await documentPaths(root)
		for (const path of documents) await rekeyDocument(path, cipher, staging)
		const states = await statePaths(root)
		for (const directory of states) {
			const store = await openStateStore(directory, { initial: () => [], staging, cipher, onCut })
			await store.rewrite().finally(store.close)
		}
		return documents.length + states.length
	} finally {
		await release()
	}
}

async function rekeyDocument(path: string, cipher: Cipher, staging: Staging) {
	const file = durableFile(path, anything, { staging, cipher })
	await file.write(await file.read())
}

/** The shape is checked when a document is opened; here it is only copied. */
const anything: Shape<unknown> = { safeParse: (data) => ({ success: true, data }) }

/** The simulated WhatsApp keeps files of its own here, which are never encrypted. */
const SANDBOX = 'sandbox'

/** The files of all documents: they are right in the directory, or one below it. */
export async function documentPaths(root: string): Promise<string[]> {
	const entries = await readdir(root, { withFileTypes: true })
	const below = entries
		.filter((entry) => entry.isDirectory() && entry.name !== SANDBOX)
		.map(({ name }) => join(root, name))
	const files = [root, ...below].map(async (directory) =>
		(await readdir(directory)).map((name) => join(directory, name)),
	)
	return (await Promise.all(files)).flat().filter((path) => path.endsWith('.json'))
}

/** The directories of all states. */
export async function statePaths(root: string): Promise<string[]> {
	const sessions = join(root, 'sessions')
	if (!existsSync(sessions)) return []
	const names = await readdir(sessions, { recursive: true })
	const manifests = names.filter((name) => basename(name) === MANIFEST)
	return manifests.map((name) => join(sessions, dirname(name)))
}
