import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../../support/command.ts'

const PROGRAM = join(import.meta.dirname, 'support/start-and-stop.ts')

test('a program that stops its gateway and its sandbox ends by itself', async () => {
	const printed = await run(process.execPath, [PROGRAM])
	assert.equal(printed, 'sent: 200, waited for the phone: 503\n')
})
