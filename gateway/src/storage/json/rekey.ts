import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Shape } from '../driver.ts'
import { durableFile } from './durable-file.ts'
import type { JsonStorageOptions } from './index.ts'
import { openJournal } from './journal.ts'
import type { Curtain } from './record-line.ts'
import { lockDirectory } from './lock.ts'

type Reports = Pick<JsonStorageOptions, 'onLost' | 'onCut'>

/**
 * Writes every document and every session's state anew, as the curtain hides it. What a crash leaves is partly
 * so and partly so: begun again, it goes on.
 * @returns how many there were
 * @throws StateKeyError, DamagedError before anything that cannot be read is touched
 */
export async function rewriteState(
	root: string,
	curtain: Curtain,
	{ onLost, onCut }: Reports,
): Promise<number> {
	if (!existsSync(root)) return 0
	const unlock = await lockDirectory(root, onLost)
	try {
		const documents = (await readdir(root)).filter((name) => name.endsWith('.json'))
		for (const name of documents) await rewriteDocument(join(root, name), curtain)
		const states = await statesBelow(root)
		for (const directory of states) {
			const store = await openJournal(directory, { initial: () => [], curtain, onCut })
			await store.compact().finally(store.close)
		}
		return documents.length + states.length
	} finally {
		await unlock()
	}
}

async function rewriteDocument(path: string, curtain: Curtain) {
	const file = durableFile(path, anything, curtain)
	await file.write(await file.read())
}

/** Who opens a document looks at its shape; here it is only copied. */
const anything: Shape<unknown> = { safeParse: (data) => ({ success: true, data }) }

async function statesBelow(root: string): Promise<string[]> {
	const names = await readdir(root, { recursive: true })
	const snapshots = names.filter((name) => /(^|\/)\d+\.snapshot$/.test(name))
	return [...new Set(snapshots.map((name) => join(root, dirname(name))))]
}
