import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { temporaryDirectory } from '../../support/directories.ts'

const run = promisify(execFile)

/** `MESSAGES=1000000` is what the gateway is made for; that takes some minutes. */
const MESSAGES = Number(process.env.MESSAGES ?? 50_000)
const BYTES_PER_MILLION = 150e6
/** The newest journal is in memory, however many messages there are. */
const ANYWAY = 20e6

test(`a session with ${MESSAGES} kept messages opens with little memory, and all of them are found`, async (t) => {
	const script = join(import.meta.dirname, 'support/many-messages.ts')
	const argv = ['--expose-gc', script, await temporaryDirectory(t), String(MESSAGES)]
	const { stdout } = await run(process.execPath, argv)
	const { openedMs, addedBytes, found, last, pages } = JSON.parse(stdout)
	assert.ok(found, 'old and new messages are found')
	assert.equal(last, MESSAGES)
	assert.deepEqual([pages.oldest.length, pages.newest.length, pages.newest.last], [500, 500, last])
	assert.ok(addedBytes < ANYWAY + (BYTES_PER_MILLION * MESSAGES) / 1e6, `${addedBytes} bytes added`)
	const added = `${(addedBytes / 1e6).toFixed(1)} MB added`
	const paging = `500 events in ${pages.oldest.ms.toFixed(1)} ms at the start, ${pages.newest.ms.toFixed(1)} at the end`
	t.diagnostic(`opened in ${Math.round(openedMs)} ms, ${added}, ${paging}`)
})
