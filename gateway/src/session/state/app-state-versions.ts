import type { Change, StateStore } from '../../storage/driver.ts'
import { latest } from './latest.ts'

/** Belongs to one linking of the device (`identityCollections`): the next one reads everything anew. */
const APP_STATE_READ = 'app-state-read'

/** How far the session has read what the devices of the account share: a version for each collection. */
export async function openAppStateVersions(state: StateStore) {
	const known = (await state.list(APP_STATE_READ)) as Map<string, number>
	return {
		/** Undefined if nothing of it was read yet. */
		of: (collection: string): number | undefined => known.get(collection),
		set(collection: string, version: number): Change[] {
			known.set(collection, version)
			return [latest(APP_STATE_READ, collection, known)]
		},
	}
}
