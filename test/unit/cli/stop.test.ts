import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stopWithin } from '../../../gateway/src/cli/stop.ts'

test('what does not stop in time is cut off, with an exit code of its own and a line in the log', async () => {
	const lines: string[] = []
	const log = { error: (line: string) => void lines.push(line) } as never
	assert.equal(await stopWithin(1_000, async () => {}, log), 0)
	assert.deepEqual(lines, [])
	assert.equal(await stopWithin(10, () => new Promise(() => {}), log), 72)
	assert.match(lines[0]!, /not stopped within 0\.01 s/)
	const failing = stopWithin(1_000, () => Promise.reject(new Error('no')), log)
	await assert.rejects(failing, /no/)
})
