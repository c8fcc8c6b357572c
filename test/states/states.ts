import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { TestContext } from 'node:test'
import { run } from '../support/command.ts'
import { temporaryDirectory } from '../support/directories.ts'
import { ROOT } from '../support/paths.ts'

export const SHOP = '491700000001'
export const ANNA = '491700000002'

/** What a test must know of a kept state. */
export type Facts = {
	/** When it was left: what is kept for some days is still there at that time. */
	at: number
	key: string
	webhook: string
	/** The id of the message to Anna. */
	sent: string
}

const STATES = join(ROOT, 'test/states')

export const stateFile = (version: string): string => join(STATES, `${version}.tgz`)

/** The releases whose state is kept. */
export const releases = globSync('*.tgz', { cwd: STATES })
	.map((file) => basename(file, '.tgz'))
	.sort()

/** A copy of the `DATA_DIR` that a release has left. */
export async function unpackState(
	t: TestContext,
	version: string,
): Promise<{ dataDir: string; facts: Facts }> {
	const directory = await temporaryDirectory(t)
	await run('tar', ['-xzf', stateFile(version), '-C', directory])
	const facts = JSON.parse(readFileSync(join(directory, 'facts.json'), 'utf8')) as Facts
	return { dataDir: join(directory, 'data'), facts }
}
