import type { Change, CommitOptions, StateStore } from '../driver.ts'
import { createCompaction } from './compaction.ts'
import { createLayers } from './layers.ts'
import { loadState, type DropLine } from './load-state.ts'
import type { Batch } from './record-index.ts'
import type { StateOptions } from './state-options.ts'
import { storageFailed } from './storage-failed.ts'

export type JsonStateStore = StateStore & {
	/** Writes everything anew, with the key of now. */
	rewrite(): Promise<void>
}

/**
 * State as append-only journals and tables. Each commit is a line of the newest journal: it is there whole or not at
 * all. When the journals have grown, their records go into a table: sorted by collection, with an index that costs 12
 * bytes a record in memory. `manifest.json` says which files count.
 * @throws DamagedError when anything but the very end of the last journal cannot be read
 */
export async function openStateStore(
	directory: string,
	options: StateOptions,
): Promise<JsonStateStore> {
	const loaded = await loadState(directory, options)
	const layers = createLayers(loaded)
	const compaction = createCompaction({ directory, loaded, layers, options })
	let failure: unknown

	function refuseFailed() {
		if (failure) throw storageFailed(failure)
	}

	async function append(line: Batch | DropLine, options?: CommitOptions): Promise<void> {
		refuseFailed()
		const text = JSON.stringify(line)
		const { segment } = layers.journal()
		const { span, written } = segment.append(text, options)
		const place = { file: segment, span, text: text as string | undefined }
		if (Array.isArray(line)) layers.active().point(line, place)
		else layers.drop(line.drop)
		try {
			await written
		} catch (error) {
			failure = error
			throw storageFailed(error)
		}
		place.text = undefined
		compaction.consider()
	}

	return {
		async get(collection, ids) {
			refuseFailed()
			return layers.get(collection, ids)
		},
		async ids(collection) {
			refuseFailed()
			return [...(await layers.list(collection)).keys()]
		},
		async list(collection) {
			refuseFailed()
			return layers.list(collection)
		},
		async collections(prefix) {
			refuseFailed()
			return new Map([...layers.collections()].filter(([name]) => name.startsWith(prefix)))
		},
		commit: (changes, options) => append(changes.map(recordOf), options),
		async drop(prefix, before) {
			const range = { prefix, before }
			if (layers.has(range)) await append({ drop: range })
		},
		rewrite: compaction.rewrite,
		async close() {
			await compaction.stop()
			await layers.close()
		},
	}
}

const recordOf = ({ collection, id, value }: Change): Batch[0] => [collection, id, value ?? null]
