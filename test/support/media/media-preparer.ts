import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createLog } from '../../../gateway/src/log.ts'
import { createMediaPreparer, type MediaPreparerOptions } from '../../../gateway/src/media/index.ts'

/** A directory of its own, removed when the test is over. */
export async function temporaryDirectory(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'media-'))
	t.after(() => rm(directory, { recursive: true, force: true }))
	return directory
}

/** A mediaPreparer with a directory of its own, and what is in it. */
export async function openMediaPreparer(
	t: TestContext,
	options: Partial<MediaPreparerOptions> = {},
) {
	const own = await mkdtemp(join(tmpdir(), 'media-'))
	const tempDir = options.tempDir ?? join(own, 'tmp')
	const mediaPreparer = createMediaPreparer({
		allow: ['127.0.0.1'],
		maxBytes: 100 * 1024 * 1024,
		log: createLog('silent'),
		...options,
		tempDir,
	})
	t.after(async () => {
		await mediaPreparer.close()
		await rm(own, { recursive: true, force: true })
	})
	return { ...mediaPreparer, tempDir, left: () => readdir(tempDir) }
}

export type TestMediaPreparer = Awaited<ReturnType<typeof openMediaPreparer>>

/** Asserts that work is refused with a code and a message, and names the field. */
export async function refuses(work: Promise<unknown>, code: string, message: RegExp) {
	await assert.rejects(work, (error: any) => {
		assert.equal(error.code, code, error)
		assert.match(error.message, message)
		assert.equal(error.facts.field, 'file')
		return true
	})
}
