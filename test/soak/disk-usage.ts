import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The bytes of all files below a directory. */
export async function diskUsage(directory: string): Promise<number> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true })
	const files = entries.filter((entry) => entry.isFile())
	// A file may go while it is counted.
	const sizes = files.map(({ parentPath, name }) =>
		stat(join(parentPath, name)).then(
			({ size }) => size,
			() => 0,
		),
	)
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
