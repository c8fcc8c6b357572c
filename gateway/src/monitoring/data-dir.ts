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
	for await (const path of filesBelow(directory)) {
		const found = await lstat(join(directory, path)).catch(noneIfGone)
		if (found) used[kindOf(path)] += found.size
	}
	return used
}

/** Node's own recursive `readdir` fails if a directory is removed meanwhile, as those of sessions are. */
async function* filesBelow(root: string, below = ''): AsyncGenerator<string> {
	const entries = await readdir(join(root, below), { withFileTypes: true }).catch(noneIfGone)
	for (const entry of entries ?? []) {
		const path = join(below, entry.name)
		if (entry.isDirectory()) yield* filesBelow(root, path)
		else if (entry.isFile()) yield path
	}
}

function kindOf(path: string): UsedFor {
	if (path.startsWith(`media${sep}`)) return 'media'
	if (extname(path) === '.journal') return 'journals'
	return extname(path) === '.table' ? 'tables' : 'other'
}

function noneIfGone(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error
}
