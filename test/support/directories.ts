import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

const made: string[] = []
after(() => Promise.all(made.map((directory) => rm(directory, { recursive: true, force: true }))))

/** A directory of its own, removed when all tests of the file are over and have closed what is in it. */
export async function newDirectory(name: string): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), `${name}-`))
	made.push(directory)
	return directory
}
