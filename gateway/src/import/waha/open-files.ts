import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A file by what it is, whatever its path: in a container it has another. */
export async function identityOfFile(path: string): Promise<string | undefined> {
	const found = await stat(path, { bigint: true }).catch(() => undefined)
	return found && `${found.dev}:${found.ino}`
}

/** The processes, other than this one, that have one of the files open, as far as that can be seen. */
export async function processesWith(files: ReadonlySet<string>): Promise<string[]> {
	const entries = await readdir('/proc').catch(() => [])
	const ids = entries.filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
	const found: string[] = []
	for (const id of ids) if (await hasOpen(id, files)) found.push(`${await nameOf(id)} (${id})`)
	return found
}

async function hasOpen(id: string, files: ReadonlySet<string>): Promise<boolean> {
	const directory = join('/proc', id, 'fd')
	for (const descriptor of await readdir(directory).catch(() => [])) {
		const identity = await identityOfFile(join(directory, descriptor))
		if (identity && files.has(identity)) return true
	}
	return false
}

const nameOf = (id: string) =>
	readFile(join('/proc', id, 'comm'), 'utf8').then(
		(name) => name.trim(),
		() => 'a process',
	)
