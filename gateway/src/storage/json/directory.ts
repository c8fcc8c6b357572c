import { markFormat, refuseNewer } from './format.ts'
import { lockDirectory, type DirectoryLock } from './lock.ts'

/**
 * Takes a directory for this process, if its state is in a format that this gateway knows.
 * @param onLost called once if the directory was taken away, removed, or cannot be written any more
 * @throws LockedError, NewerFormatError, DamagedError
 */
export async function takeDirectory(
	root: string,
	onLost: (error: Error) => void,
): Promise<DirectoryLock> {
	// Before the lock, which would leave files of its own in a directory that is not for us.
	await refuseNewer(root)
	const lock = await lockDirectory(root, onLost)
	try {
		await markFormat(root, lock.staging)
		return lock
	} catch (error) {
		await lock.release()
		throw error
	}
}
