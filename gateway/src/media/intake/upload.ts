import { copyFile, link, rm, stat } from 'node:fs/promises'
import { plainName } from '../../lib/plain-name.ts'
import { overLimit, mediaUnreadable } from '../errors.ts'
import type { PreparedSource } from '../types.ts'
import type { WriteTarget, TempFile } from './write-to-temp.ts'

/** Takes a part of a multipart body, which is on disk already: a second name for it, at no cost. */
export async function takeUpload(
	{ path: from, filename, mimetype }: Extract<PreparedSource, { kind: 'upload' }>,
	{ scratch, maxBytes, field }: WriteTarget,
): Promise<TempFile> {
	const { size } = await stat(from)
	if (size > maxBytes) throw overLimit(field, maxBytes)
	if (size === 0) throw mediaUnreadable(field, 'is empty.')
	const path = await scratch.create()
	await rm(path)
	// Not every file system has links.
	await link(from, path).catch(() => copyFile(from, path))
	return { path, filename: plainName(filename), declared: mimetype }
}
