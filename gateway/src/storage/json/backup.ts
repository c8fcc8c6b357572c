import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { ifThere, readIfThere, syncDirectory } from './fs.ts'
import { MANIFEST } from './manifest.ts'
import { chunksOf } from './record-file.ts'
import { writeFully } from './segment.ts'

/** A backup that could not be made; the message says why. */
export class BackupError extends Error {
	override name = 'BackupError'
}

/** How many files were copied, and their bytes. */
export type Copied = { files: number; bytes: number }

/** Locks, what is being written, and the files of requests that run. */
const PASSING = /^(\.gateway-lock|\.holder|\.staging-.*|tmp)$/

/** A file of a state: without a manifest it does not count. */
const STATE_FILE = /^\d+\.(table|journal)$/

/** A manifest changes when a megabyte of commits has come, so that the second attempt is rare. */
const ATTEMPTS = 100

/**
 * Copies the state under a directory, also while a gateway uses it, and needs no key. Each file is as it was at a moment
 * after the call: what was durable before is in the copy. The target is there once the copy is whole and durable.
 * @param target a directory that does not exist yet, or is empty
 * @throws BackupError
 */
export async function backUp(root: string, target: string): Promise<Copied> {
	const [from, to] = [resolve(root), resolve(target)]
	const part = `${to}.part-${process.pid}`
	try {
		await refuseUnfit(from, to)
		await mkdir(dirname(part), { recursive: true })
		const copied = await copyDirectory(from, part)
		await rename(part, to)
		await syncDirectory(dirname(to))
		return copied
	} catch (error) {
		await rm(part, { recursive: true, force: true }).catch(() => {})
		if (error instanceof BackupError) throw error
		throw new BackupError(`No backup was made: ${(error as Error).message}.`, { cause: error })
	}
}

/** @throws BackupError */
async function refuseUnfit(from: string, to: string): Promise<void> {
	if (!(await ifThere(readdir(from))))
		throw new BackupError(`${from} is not there: set DATA_DIR to the directory of the gateway.`)
	if (!relative(from, to).startsWith('..'))
		throw new BackupError(`${to} is in DATA_DIR: name a directory outside of it.`)
	if ((await ifThere(readdir(to)))?.length)
		throw new BackupError(`${to} is not empty: name a new directory for each backup.`)
}

/**
 * The files of a directory come before the directories in it: the record of a session is then never newer than its
 * state, so that no session is called linked whose state is not.
 */
async function copyDirectory(from: string, to: string): Promise<Copied> {
	await mkdir(to, { mode: 0o700 })
	const { files, directories } = await namesIn(from)
	const copied = files.includes(MANIFEST)
		? await copyState(from, to)
		: await copyEach(files, from, to)
	for (const name of directories) add(copied, await copyDirectory(join(from, name), join(to, name)))
	await syncDirectory(to)
	return copied
}

async function namesIn(directory: string): Promise<{ files: string[]; directories: string[] }> {
	const found = { files: [] as string[], directories: [] as string[] }
	for (const name of (await ifThere(readdir(directory))) ?? []) {
		if (PASSING.test(name)) continue
		const kind = await ifThere(stat(join(directory, name)))
		if (kind?.isFile()) found.files.push(name)
		if (kind?.isDirectory()) found.directories.push(name)
	}
	return found
}

/** Files that are replaced whole, and depend on no other. */
async function copyEach(names: string[], from: string, to: string): Promise<Copied> {
	const copied = { files: 0, bytes: 0 }
	for (const name of names.filter((name) => !STATE_FILE.test(name))) {
		const file = await openFile(from, name)
		if (file) add(copied, await copyFiles([file], to))
	}
	return copied
}

/** The files of a state, as one manifest names them. */
async function copyState(from: string, to: string): Promise<Copied> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const manifest = await readIfThere(join(from, MANIFEST))
		const files = await openState(from)
		// A file that counts is deleted only after another manifest has taken the place of this one.
		if ((await readIfThere(join(from, MANIFEST))) === manifest) return copyFiles(files, to)
		await closeAll(files)
	}
	throw new BackupError(`No backup was made: ${from} changes too fast. Try again.`)
}

/** A file in our hands: it can be read even when its name is gone. */
type OpenFile = { name: string; handle: FileHandle; size: number }

/**
 * The newest journal first, each with the size of that moment: a journal is written only when those before it are whole,
 * so that they are whole when their turn comes.
 */
async function openState(directory: string): Promise<OpenFile[]> {
	const { files } = await namesIn(directory)
	const opened: OpenFile[] = []
	for (const name of files.sort((one, other) => numberOf(other) - numberOf(one))) {
		const file = await openFile(directory, name)
		if (file) opened.push(file)
	}
	return opened
}

const numberOf = (name: string) => parseInt(name) || 0

/** Undefined if it is not there any more. */
async function openFile(directory: string, name: string): Promise<OpenFile | undefined> {
	const handle = await ifThere(open(join(directory, name), 'r'))
	return handle && { name, handle, size: (await handle.stat()).size }
}

async function copyFiles(files: OpenFile[], to: string): Promise<Copied> {
	try {
		for (const file of files) await copyFile(file, join(to, file.name))
		return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) }
	} finally {
		await closeAll(files)
	}
}

async function copyFile({ handle, size }: OpenFile, path: string): Promise<void> {
	const copy = await open(path, 'wx', 0o600)
	try {
		let position = 0
		for await (const chunk of chunksOf(handle, 0, size)) {
			await writeFully(copy, chunk, position)
			position += chunk.length
		}
		await copy.sync()
	} finally {
		await copy.close()
	}
}

const closeAll = (files: OpenFile[]) => Promise.all(files.map(({ handle }) => handle.close()))

function add(sum: Copied, { files, bytes }: Copied): void {
	sum.files += files
	sum.bytes += bytes
}
