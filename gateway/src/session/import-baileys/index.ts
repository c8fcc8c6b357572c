import type { Change } from '../../storage/driver.ts'
import { deviceInDirectory } from './directory.ts'
import { deviceChanges } from './stored-device.ts'

/**
 * Reads a directory of Baileys' `useMultiFileAuthState` as what the state of a session starts with, so
 * that the device goes on without being linked again. Whatever used the directory before must have been
 * stopped for good: two that use the same keys make each other's messages unreadable.
 * @param skipped told of keys that could not be read. Baileys would treat them as absent, and so do we.
 * @throws ImportError when there is no linked device in it
 */
export async function readBaileysAuth(
	directory: string,
	skipped: (file: string, why: unknown) => void = () => undefined,
): Promise<Change[]> {
	return deviceChanges(await deviceInDirectory(directory), skipped)
}
