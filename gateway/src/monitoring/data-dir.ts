import { lstat, readdir, statfs } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { keepFor } from '../lib/memo.ts'
import { MINUTE_MS } from '../lib/units.ts'

/** What takes the space of DATA_DIR. */
type UsedFor = 'journals' | 'tables' | 'media' | 'other'

/** In bytes. */
export type DataDirUse = { used: Record<UsedFor, number>; free: number }

/** Measures DATA_DIR, at most once a minute: thousands of sessions have thousands of files. */
export function measureDataDir(directory: string): () => Promise<DataDirUse> {
	return keepFor(MINUTE_MS, async () => {
		const { bavail, bsize } = await statfs(directory)
		return { used: await sizesIn(directory), free: bavail * bsize }
	})
}

/** One file at a time: commits wait for the same threads. */
async function sizesIn(directory: string): Promise<DataDirUse['used']> {
	const used = { journals: 0, tables: 0, media: 0, other: 0 }
	for (const path of await readdir(directory, { recursive: true })) {
		const found = await lstat(join(directory, path)).catch(noneIfGone)
		if (found?.isFile()) used[kindOf(path)] += found.size
	}
	return used
}

function kindOf(path: string): UsedFor {
	if (path.startsWith(`media${sep}`)) return 'media'
	if (extname(path) === '.journal') return 'journals'
	return extname(path) === '.table' ? 'tables' : 'other'
}

function noneIfGone(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error
}
