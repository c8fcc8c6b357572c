import { readdir, readlink } from 'node:fs/promises'

/** The files in a directory that this process holds open, as far as its system tells (Linux does). */
export async function openFilesIn(directory: string): Promise<string[]> {
	const descriptors = await readdir('/proc/self/fd').catch(() => [])
	const paths = descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
	return (await Promise.all(paths)).filter((path) => path.startsWith(`${directory}/`))
}
