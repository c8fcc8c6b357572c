import { execFile } from 'node:child_process'
import { statfs, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { atEnd, temporaryDirectory } from './directories.ts'

const run = promisify(execFile)

/**
 * A small disk of its own; undefined where this user may not mount.
 * @param bytes its size
 * @param files how many files it can take, if that is limited
 */
export async function smallDisk(
	t: TestContext,
	bytes: number,
	files?: number,
): Promise<string | undefined> {
	const directory = await temporaryDirectory(t)
	const limits = [`size=${bytes}`, ...(files ? [`nr_inodes=${files}`] : [])].join(',')
	const options = ['-t', 'tmpfs', '-o', limits, 'tmpfs', directory]
	const isMounted = await run('mount', options).then(
		() => true,
		() => false,
	)
	if (isMounted) atEnd(t, () => run('umount', ['--lazy', directory]))
	return isMounted ? directory : undefined
}

/** Fills a disk. @returns frees it again */
export async function fillDisk(disk: string): Promise<() => Promise<void>> {
	const ballast = join(disk, 'ballast')
	const { bavail, bsize } = await statfs(disk)
	await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch(() => {})
	return () => unlink(ballast)
}

/** From now on nothing can be written to a disk that `smallDisk` has made. */
export const makeReadOnly = (disk: string) => run('mount', ['-o', 'remount,ro', disk])
