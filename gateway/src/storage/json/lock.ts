import { readFileSync } from 'node:fs'
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { ulid } from '../../lib/ulid.ts'
import { readIfThere } from './fs.ts'
import { isKernelLockHeld, takeKernelLock } from './kernel-lock.ts'
import { openStaging, type Staging } from './staging.ts'

/** How often the holder says that it lives, and looks whether the directory is still its own. */
const HEARTBEAT_MS = 1_000
/** A holder on another machine that has been silent for so long is dead. */
const SILENCE_MS = 10_000

const STAGING = '.staging-'

/** The note of the process that uses a directory. */
type Holder = { pid: number; host: string; boot: string | null; since: string; staging: string }

/** The directory belongs to another running gateway; the message names it. */
export class LockedError extends Error {
	override name = 'LockedError'
}

/** The directory is not ours any more; the message says why. */
export class LostDirectoryError extends Error {
	override name = 'LostDirectoryError'
}

export type DirectoryLock = { staging: Staging; release(): Promise<void> }

/**
 * Makes this process the only one to use a directory. On one machine the kernel holds the lock: a process that is
 * stopped or frozen keeps it, a dead one has lost it. A holder on another machine, which shares the directory over the
 * network, is asked by its heartbeat. Should two hold it nevertheless, the later one has removed the staging directory
 * of the earlier one, which then can put no file in place.
 * @param onLost called once if the directory was taken away, removed, or cannot be written any more
 * @throws LockedError
 */
export async function lockDirectory(
	root: string,
	onLost: (error: Error) => void,
): Promise<DirectoryLock> {
	const kernelLock = takeKernelLock(lockPath(root))
	if (kernelLock === 'busy') throw await lockedError(root)
	try {
		if (await isHeldElsewhere(root, kernelLock !== undefined)) throw await lockedError(root)
		const staging = await replaceStaging(root)
		const note = holderNote(staging)
		await staging.write(holderPath(root), note)
		const stopHeartbeat = startHeartbeat(root, note, onLost)
		return {
			staging,
			async release() {
				stopHeartbeat()
				await rm(holderPath(root), { force: true })
				await rm(staging.directory, { recursive: true, force: true })
				kernelLock?.()
			},
		}
	} catch (error) {
		kernelLock?.()
		throw error
	}
}

/**
 * Finds the process that uses a directory, as `lockDirectory` would, and changes nothing.
 * @returns "process 12 on this-host, since …"; undefined if no process does
 */
export async function directoryUser(root: string): Promise<string | undefined> {
	const isHeld = isKernelLockHeld(lockPath(root))
	if (!isHeld && !(await isHeldElsewhere(root, isHeld === false))) return undefined
	return describeHolder(root)
}

const lockPath = (root: string) => join(root, '.gateway-lock')
const holderPath = (root: string) => join(root, '.holder')

/** With the kernel's lock in our hands, only a holder under another kernel can be alive. */
async function isHeldElsewhere(root: string, hasKernelLock: boolean): Promise<boolean> {
	const holder = await readHolder(root)
	if (!holder) return false
	const isOfThisMachine = holder.host === hostname() || holder.boot === bootId()
	if (hasKernelLock && isOfThisMachine) return false
	const { mtimeMs } = await stat(holderPath(root))
	return Date.now() - mtimeMs < SILENCE_MS
}

/** From here on no predecessor can put a file in place or remove one. */
async function replaceStaging(root: string): Promise<Staging> {
	const old = (await readdir(root)).filter((name) => name.startsWith(STAGING))
	await Promise.all(old.map((name) => rm(join(root, name), { recursive: true, force: true })))
	return openStaging(join(root, `${STAGING}${ulid().toLowerCase()}`))
}

function startHeartbeat(root: string, note: string, onLost: (error: Error) => void) {
	let isStopped = false
	const timer = setInterval(() => {
		beat(root, note).catch((error: Error) => {
			if (isStopped) return
			stop()
			onLost(error)
		})
	}, HEARTBEAT_MS).unref()

	function stop() {
		isStopped = true
		clearInterval(timer)
	}
	return stop
}

/** @throws LostDirectoryError */
async function beat(root: string, note: string): Promise<void> {
	const path = holderPath(root)
	const found = await readFile(path, 'utf8').catch((error) => error as NodeJS.ErrnoException)
	if (typeof found === 'string' && found !== note) throw await takenOver(root)
	if (typeof found !== 'string') {
		// Too many open files says nothing about the directory; the next look will.
		if (found.code !== 'ENOENT') return
		throw lost(root, 'was removed, or the note .holder in it was', found)
	}
	const now = new Date()
	await utimes(path, now, now).catch((cause: NodeJS.ErrnoException) => {
		if (cause.code === 'EROFS') throw lost(root, 'can only be read now: make it writable', cause)
	})
}

const lost = (root: string, what: string, cause?: unknown) =>
	new LostDirectoryError(`${root} ${what}.`, { cause })

async function takenOver(root: string) {
	return lost(root, `was taken over by ${await describeHolder(root)}`)
}

async function lockedError(root: string) {
	return new LockedError(
		`${root} is in use by ${await describeHolder(root)}. Stop that gateway, or give this one its own DATA_DIR.`,
	)
}

async function describeHolder(root: string): Promise<string> {
	const holder = await readHolder(root)
	return holder
		? `process ${holder.pid} on ${holder.host}, since ${holder.since}`
		: 'another process'
}

/** @returns undefined if there is none, or none that can be read: a crash may have come between */
async function readHolder(root: string): Promise<Holder | undefined> {
	try {
		const text = await readIfThere(holderPath(root))
		return text ? (JSON.parse(text) as Holder) : undefined
	} catch {
		return undefined
	}
}

function holderNote(staging: Staging): string {
	const holder: Holder = {
		pid: process.pid,
		host: hostname(),
		boot: bootId(),
		since: new Date().toISOString(),
		staging: basename(staging.directory),
	}
	return JSON.stringify(holder)
}

/** Names the running kernel, also inside of containers; null where there is no such name. */
function bootId(): string | null {
	try {
		return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
	} catch {
		return null
	}
}
