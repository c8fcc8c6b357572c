import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { makePrivateDirectory, readIfThere, syncDirectory } from '../json/fs.ts'
import { jsonStorage, type JsonStorageOptions } from '../json/index.ts'
import { documentPaths, statePaths } from '../json/rekey.ts'
import { moveMark, refuseMarked, type MoveMark } from '../move-mark.ts'
import type { MoveSide, StoredNames } from './side.ts'

const KINDS = ['moved', 'arriving'] as const
const markPath = (root: string, kind: MoveMark['kind']) => join(root, `${kind}.json`)

/** Opens a directory to move its state, or to move state there. @throws LockedError, NewerFormatError */
export async function directorySide(root: string, options: JsonStorageOptions): Promise<MoveSide> {
	await makePrivateDirectory(root)
	return {
		place: resolve(root),
		storage: await jsonStorage(root, options),
		names: () => namesIn(root),
		mark: () => readMark(root),
		async setMark(mark) {
			if (mark) await writeMark(root, mark)
			for (const kind of KINDS)
				if (kind !== mark?.kind) await rm(markPath(root, kind), { force: true })
			await syncDirectory(root)
		},
	}
}

/** @throws MoveError if the state of a directory was moved away, or is not whole yet */
export async function refuseMovedDirectory(root: string): Promise<void> {
	refuseMarked(resolve(root), await readMark(root))
}

async function readMark(root: string): Promise<MoveMark | undefined> {
	for (const kind of KINDS) {
		const text = await readIfThere(markPath(root, kind))
		if (text !== undefined) return moveMark.parse(JSON.parse(text))
	}
	return undefined
}

async function writeMark(root: string, mark: MoveMark): Promise<void> {
	const part = join(root, '.mark.part')
	const file = await open(part, 'w', 0o600)
	try {
		await file.writeFile(`${JSON.stringify(mark)}\n`)
		await file.sync()
	} finally {
		await file.close()
	}
	await rename(part, markPath(root, mark.kind))
	await syncDirectory(root)
}

async function namesIn(root: string): Promise<StoredNames> {
	const nameOf = (path: string) => relative(root, path).replaceAll(sep, '/')
	const documents = (await documentPaths(root)).map((path) =>
		nameOf(join(dirname(path), basename(path, '.json'))),
	)
	return {
		documents: documents.filter((name) => !KINDS.some((kind) => kind === name)),
		states: (await statePaths(root)).map(nameOf),
	}
}

/** Whether a directory has state, which is not used when another place is set. */
export async function hasState(root: string): Promise<boolean> {
	const names = await readdir(root).catch((): string[] => [])
	return names.includes('sessions') && !names.includes('moved.json')
}
