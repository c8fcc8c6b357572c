import { execFile } from 'node:child_process'
import { statfs, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { atEnd, temporaryDirectory } from '../../../support/directories.ts'

const run = promisify(execFile)

/** A small disk of its own; undefined where this user may not mount. @param bytes its size */
export async function smallDisk(t: TestContext, bytes: number): Promise<string | undefined> {
	const directory = await temporaryDirectory(t)
	const options = ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', directory]
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
