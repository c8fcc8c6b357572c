import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from './command.ts'
import { oneAtATime } from './lock.ts'
import { CACHE } from './paths.ts'

export type Progress = (line: string) => void

/** Says what is going on now, and again every ten seconds, so that a long step does not look dead. */
export async function withProgress<T>(
	progress: Progress,
	what: string,
	work: () => Promise<T>,
): Promise<T> {
	const start = Date.now()
	const seconds = (): number => Math.round((Date.now() - start) / 1000)
	progress(`${what} …`)
	const ticker = setInterval(() => progress(`${what} … ${seconds()} s`), 10_000)
	try {
		return await work()
	} finally {
		clearInterval(ticker)
	}
}

const lockOf = (directory: string): string =>
	createHash('sha256')
		.update(readFileSync(join(directory, 'package-lock.json')))
		.digest('hex')

/**
 * `npm ci` in a folder that has a lock of its own, unless exactly that lock is installed already. Of several
 * processes one installs, and the others wait.
 * `build` are the only packages whose install scripts run.
 */
export const installLocked = (
	directory: string,
	what: string,
	progress: Progress,
	build: string[] = [],
): Promise<void> =>
	oneAtATime(join(CACHE, 'installing', basename(directory)), () =>
		install(directory, what, progress, build),
	)

async function install(
	directory: string,
	what: string,
	progress: Progress,
	build: string[],
): Promise<void> {
	const stamp = join(directory, 'node_modules', '.installed')
	const lock = lockOf(directory)
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
	rmSync(stamp, { force: true })
	await withProgress(progress, `Installing ${what}`, () => run('npm', ['ci'], { cwd: directory }))
	for (const name of build)
		await withProgress(progress, `Building ${name}`, () =>
			run('npm', ['rebuild', name, '--ignore-scripts=false'], { cwd: directory }),
		)
	writeFileSync(stamp, lock)
}
