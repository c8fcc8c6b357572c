import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createLog } from '../../../gateway/src/log.ts'
import { createMediaDesk, type MediaDeskOptions } from '../../../gateway/src/media/index.ts'

/** A directory of its own, removed when the test is over. */
export async function temporaryDirectory(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'media-'))
	t.after(() => rm(directory, { recursive: true, force: true }))
	return directory
}

/** A desk with a directory of its own, and what is in it. */
export async function openDesk(t: TestContext, options: Partial<MediaDeskOptions> = {}) {
	const own = await mkdtemp(join(tmpdir(), 'media-'))
	const tempDir = options.tempDir ?? join(own, 'tmp')
	const desk = createMediaDesk({
		allow: ['127.0.0.1'],
		maxBytes: 100 * 1024 * 1024,
		log: createLog('silent'),
		...options,
		tempDir,
	})
	t.after(async () => {
		await desk.close()
		await rm(own, { recursive: true, force: true })
	})
	return { ...desk, tempDir, left: () => readdir(tempDir) }
}

export type TestDesk = Awaited<ReturnType<typeof openDesk>>

/** Asserts that work is refused with a code and a message, and names the field. */
export async function refuses(work: Promise<unknown>, code: string, message: RegExp) {
	await assert.rejects(work, (error: any) => {
		assert.equal(error.code, code, error)
		assert.match(error.message, message)
		assert.equal(error.facts.field, 'file')
		return true
	})
}
