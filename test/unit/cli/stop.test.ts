import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stopWithin } from '../../../gateway/src/cli/stop.ts'

test('a stop in order says so; what does not stop in time is cut off, with an exit code of its own', async () => {
	const lines: string[] = []
	const note = (line: string) => void lines.push(line)
	const log = { error: note, info: note } as never
	assert.equal(await stopWithin(1_000, async () => {}, log), 0)
	assert.deepEqual(lines, ['gateway stopped'])
	assert.equal(await stopWithin(10, () => new Promise(() => {}), log), 72)
	assert.match(lines[1]!, /not stopped within 0\.01 s/)
	const failing = stopWithin(1_000, () => Promise.reject(new Error('no')), log)
	await assert.rejects(failing, /no/)
})
