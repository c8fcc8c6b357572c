import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** In a process of its own: it does not recover. */
async function watched(...state: string[]): Promise<string> {
	const script = join(import.meta.dirname, 'support/hang.ts')
	const { stdout } = await run(process.execPath, [script, ...state], { timeout: 30_000 })
	return stdout.trim()
}

test('the watchdog is quiet while the Signal library answers', async () => {
	assert.equal(await watched(), 'answers')
})

test('the watchdog notices when the Signal library hangs', async () => {
	assert.equal(await watched('hang'), 'hangs')
})
