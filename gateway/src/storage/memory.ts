import type { Change, StateStore } from './driver.ts'

/** State that lives as long as the process: for tests, and for gateways that may forget. */
export function memoryState(initial: Change[]): StateStore {
	const collections = new Map<string, Map<string, string>>()
	const apply = ({ collection, id, value }: Change) => {
		const records = collections.get(collection) ?? new Map<string, string>()
		collections.set(collection, records)
		if (value === null || value === undefined) records.delete(id)
		else records.set(id, JSON.stringify(value))
	}
	const read = (entries: Iterable<[string, string]>) =>
		new Map([...entries].map(([id, text]) => [id, JSON.parse(text) as unknown]))
	initial.forEach(apply)
	return {
		get: async (collection, ids) => {
			const records = collections.get(collection) ?? new Map<string, string>()
			return read(
				[...new Set(ids)].flatMap((id) => {
					const text = records.get(id)
					return text === undefined ? [] : [[id, text] as [string, string]]
				}),
			)
		},
		ids: async (collection) => [...(collections.get(collection)?.keys() ?? [])],
		list: async (collection) => read(collections.get(collection) ?? []),
		collections: async (prefix) =>
			new Map(
				[...collections]
					.filter(([name]) => name.startsWith(prefix))
					.map(([name, records]) => [name, records.size]),
			),
		drop: async (prefix, before) => {
			for (const name of collections.keys())
				if (name.startsWith(prefix) && name.slice(prefix.length) < before) collections.delete(name)
		},
		commit: async (changes) => changes.forEach(apply),
		close: async () => undefined,
	}
}
