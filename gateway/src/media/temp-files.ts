import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Files of one piece of work; they go when it is done. */
export type Scratch = {
	/** An empty file that nobody else may read. */
	create(): Promise<string>
	/** Removes all files but the one that is the result. */
	clear(result?: string): Promise<void>
}

export type TempFiles = { scratch(): Scratch; clear(): void }

// Those of multipart bodies are kept in the same directory.
const ours = /^(media|upload)-[0-9a-f-]{36}$/

/** Keeps temporary files in a directory, and removes at once what a crash has left there. */
export function openTempFiles(directory: string): TempFiles {
	const clear = () => {
		mkdirSync(directory, { recursive: true, mode: 0o700 })
		const left = readdirSync(directory).filter((name) => ours.test(name))
		for (const name of left) rmSync(join(directory, name), { force: true })
	}
	clear()
	return { scratch: () => openScratch(directory), clear }
}

function openScratch(directory: string): Scratch {
	const paths: string[] = []
	return {
		async create() {
			const path = join(directory, `media-${randomUUID()}`)
			paths.push(path)
			await (await open(path, 'wx', 0o600)).close()
			return path
		},
		async clear(result) {
			const unwanted = paths.filter((path) => path !== result)
			await Promise.all(unwanted.map((path) => rm(path, { force: true })))
		},
	}
}
