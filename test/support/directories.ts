import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

const endings = new WeakMap<TestContext, (() => unknown)[]>()

/** Does this when the test is over, and what was asked for later first: a directory goes after its users. */
export function atEnd(t: TestContext, act: () => unknown): void {
	const acts = endings.get(t)
	if (acts) return void acts.unshift(act)
	const own = [act]
	endings.set(t, own)
	t.after(async () => {
		// node:test keeps every test until its process ends: without what it has used, some 4 MB for each gateway.
		for (let act = own.shift(); act; act = own.shift()) await act()
	})
}

/** A directory of its own, removed when the test is over. */
export async function temporaryDirectory(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'gateway-'))
	atEnd(t, () => rm(directory, { recursive: true, force: true }))
	return directory
}
