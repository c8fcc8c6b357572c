import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openStaging } from '../../gateway/src/storage/json/staging.ts'
import type { StateOptions } from '../../gateway/src/storage/json/state-options.ts'
import { openStateStore, type JsonStateStore } from '../../gateway/src/storage/json/state-store.ts'

/** Where the files of `openStore` are. */
export const stateIn = (root: string): string => join(root, 'state')

/** Opens a state in a directory, without a lock. */
export async function openStore(
	root: string,
	options: Omit<StateOptions, 'staging'>,
): Promise<JsonStateStore> {
	await mkdir(root, { recursive: true })
	const staging = await openStaging(join(root, 'staging'))
	return openStateStore(stateIn(root), { staging, ...options })
}
