import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CACHE, ROOT } from '../support/paths.ts'
import type { FileResult, Failure } from './results.ts'

const FILE = join(CACHE, 'tests.json')
const SOURCES = [
	'{test,nodes,credentials,gateway/src,gateway/codegen}/**/*.*',
	'{.,gateway}/package.json',
]
const EXCLUDED = ['**/node_modules/**']

/** A guess for files that never ran here, so that long ones still start early. */
const MS_PER_BYTE = 0.5
const SLOW_MS = 60_000

const isTestFile = (path: string): boolean => /^test\/.*\.test\.ts$/.test(path)

interface Kept {
	/** Hash of the sources from which the counts are. */
	sources: string
	files: Record<string, { ms: number; tests: number }>
}

function hashSources(): string {
	const hash = createHash('sha256')
	for (const file of globSync(SOURCES, { cwd: ROOT, exclude: EXCLUDED }).sort()) {
		const path = join(ROOT, file)
		if (statSync(path).isFile()) hash.update(`${file}\0`).update(readFileSync(path))
	}
	return hash.digest('hex')
}

function read(file: string): Kept {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Kept
	} catch {
		return { sources: '', files: {} }
	}
}

/** How long files took and how many tests they had when they last ran here, kept in `.cache/`. */
export function openHistory({ file = FILE, sources = hashSources() } = {}) {
	const kept = read(file)
	const isSameSources = kept.sources === sources

	return {
		/** How long a file is likely to take, in milliseconds. */
		estimate({ path, slow }: { path: string; slow: boolean }): number {
			const guess = (): number => statSync(join(ROOT, path)).size * MS_PER_BYTE
			return kept.files[path]?.ms ?? guess() + (slow ? SLOW_MS : 0)
		},

		/** Failures of files that have fewer tests than in the last run of the same sources. */
		missing(results: FileResult[]): Failure[] {
			if (!isSameSources) return []
			return results.flatMap(({ path, tests }) => {
				const before = kept.files[path]?.tests ?? 0
				const detail = `${tests} tests were reported, and ${before} in the last run of the same sources`
				return tests < before ? [{ title: 'Tests are missing', location: path, detail }] : []
			})
		},

		/** Keeps the results of files that ran as a whole. */
		save(results: FileResult[]): void {
			const files = { ...kept.files }
			// Other sources: the counts of files that did not run now mean nothing any more.
			if (!isSameSources)
				for (const [path, { ms }] of Object.entries(files)) files[path] = { ms, tests: 0 }
			for (const { path, ms, tests } of results)
				if (isTestFile(path)) files[path] = { ms: Math.round(ms), tests }
			mkdirSync(dirname(file), { recursive: true })
			writeFileSync(file, `${JSON.stringify({ sources, files } satisfies Kept, null, '\t')}\n`)
		},
	}
}

export type History = ReturnType<typeof openHistory>
