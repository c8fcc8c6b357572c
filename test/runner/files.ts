import { globSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { ROOT } from '../support/paths.ts'

/** A test file and what its name says of it. `test/README.md` lists these marks. */
export interface TestFile {
	/** Relative to the repository, with slashes. */
	path: string
	/** `*.slow.test.ts`: only `--all` runs it, or its own path. */
	slow: boolean
	/** `*.manual.test.ts`: a slow one that only its own path runs, since it needs what a usual machine has not. */
	manual: boolean
	/** `*.isolated.*` and slow ones: a process of its own. */
	isolated: boolean
	/** `*.idle.*`: mostly waits, so it runs beside the others and takes no core. */
	idle: boolean
	/** `*.alone.*`: compares times or memory, so it runs last, with nothing beside it. */
	alone: boolean
	/** Below `e2e/n8n/`: starts when n8n is installed. */
	needsN8n: boolean
}

export interface Selection {
	files: TestFile[]
	/** Parts of the names of the tests to run; none means every test of the files. */
	names: string[]
}

const markOf = (path: string, mark: string): boolean => path.includes(`.${mark}.`)

function describeFile(path: string): TestFile {
	const manual = markOf(path, 'manual')
	const slow = manual || markOf(path, 'slow')
	return {
		path,
		slow,
		manual,
		isolated: slow || markOf(path, 'isolated'),
		idle: markOf(path, 'idle'),
		alone: markOf(path, 'alone'),
		needsN8n: path.startsWith('test/e2e/n8n/'),
	}
}

export const allTestFiles = (): TestFile[] =>
	globSync('test/**/*.test.ts', { cwd: ROOT, exclude: ['**/node_modules/**'] })
		.map((path) => describeFile(path.replaceAll(sep, '/')))
		.sort((a, b) => (a.path < b.path ? -1 : 1))

const isFile = (path: string): boolean =>
	statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/**
 * Picks what to run.
 * @param patterns Each is a file, a part of the paths of files, or else a part of a test's name.
 * @param all Also the slow files. A file that is named itself is run in any case.
 */
export function selectFiles(patterns: string[], all: boolean): Selection {
	const known = allTestFiles()
	const quick = known.filter(({ slow, manual }) => !manual && (all || !slow))
	const named = new Map<string, TestFile>()
	const names: string[] = []
	for (const pattern of patterns) {
		const found = isFile(resolve(pattern))
			? [describeFile(relative(ROOT, resolve(pattern)).replaceAll(sep, '/'))]
			: quick.filter(({ path }) => path.includes(pattern))
		if (found.length === 0) names.push(pattern)
		for (const file of found) named.set(file.path, file)
	}
	return { files: named.size > 0 ? [...named.values()] : quick, names }
}
