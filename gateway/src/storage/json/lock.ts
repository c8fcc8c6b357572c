import { rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import lockfile from 'proper-lockfile'
import { readIfThere, writeDurably } from './fs.ts'

// In sum longer than the ten seconds after which a guard lock whose holder died counts as free.
const GUARD_RETRIES = { retries: 10, minTimeout: 50, maxTimeout: 2_000 }

type Holder = { pid: number; host: string; since: string }

/** The directory belongs to another running gateway; the message names it. */
export class LockedError extends Error {
	override name = 'LockedError'
}

/**
 * Makes this process the only one to use a directory. A lock whose holder died on this machine is taken
 * over at once; one held from elsewhere, after its heartbeat has been silent for ten seconds.
 * @returns the function that gives it back
 */
export async function lockDirectory(
	root: string,
	onLost: (error: Error) => void,
): Promise<() => Promise<void>> {
	const path = join(root, '.lock')
	const lock = () => lockfile.lock(root, { lockfilePath: path, onCompromised: onLost })
	// The guard lock makes locking and writing the holder's note one step: a process between them would see a dead holder.
	const releaseGuard = await lockfile
		.lock(join(root, '.guard'), { realpath: false, retries: GUARD_RETRIES })
		.catch(() => refuse(root))
	try {
		const unlock = await lock().catch((error) => takeOver(root, path, lock, error))
		await writeDurably(join(root, '.holder'), JSON.stringify(thisProcess()))
		return async () => {
			await rm(join(root, '.holder'), { force: true })
			await unlock()
		}
	} finally {
		await releaseGuard()
	}
}

async function takeOver(
	root: string,
	path: string,
	lock: () => Promise<() => Promise<void>>,
	error: NodeJS.ErrnoException,
) {
	if (error.code !== 'ELOCKED') throw error
	const holder = await readHolder(root)
	if (!holder || isAlive(holder)) await refuse(root)
	await rm(path, { recursive: true, force: true })
	return lock()
}

async function refuse(root: string): Promise<never> {
	const holder = await readHolder(root)
	const who = holder
		? `process ${holder.pid} on ${holder.host}, since ${holder.since}`
		: 'another process'
	throw new LockedError(
		`${root} is in use by ${who}. Stop that gateway, or give this one its own DATA_DIR.`,
	)
}

async function readHolder(root: string): Promise<Holder | undefined> {
	const text = await readIfThere(join(root, '.holder'))
	return text ? (JSON.parse(text) as Holder) : undefined
}

function isAlive({ pid, host }: Holder) {
	if (host !== hostname()) return true
	// In a container the gateway that died had the same number as this one.
	if (pid === process.pid) return false
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM'
	}
}

function thisProcess(): Holder {
	return { pid: process.pid, host: hostname(), since: new Date().toISOString() }
}
