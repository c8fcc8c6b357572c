import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../../support/command.ts'

const PROGRAM = join(import.meta.dirname, 'support/start-and-stop.ts')
/** Baileys' own timers would keep it for up to a minute. */
const LIMIT_MS = 10_000

test('a program that stops its gateway and its sandbox ends by itself', async () => {
	const start = performance.now()
	const printed = await run(process.execPath, [PROGRAM])
	assert.ok(performance.now() - start < LIMIT_MS)
	assert.equal(printed, 'sent: 200, waited for the phone: 503\n')
})
