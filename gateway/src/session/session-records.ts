import { GatewayError } from '../errors.ts'
import { DamagedError, type Document, type Storage } from '../storage/driver.ts'
import {
	newSessionRecord,
	sessionRecord,
	type RecordChange,
	type SessionRecord,
} from './session-record.ts'

/** The name of a session's record in the storage; everything else of it is below. */
export const nameOfSession = (id: string) => `sessions/${id}`

/** The records of the sessions that are here, a document each: a change of one writes nothing of the others. */
export function createSessionRecords(storage: Storage) {
	const documents = new Map<string, Document<SessionRecord>>()
	const damages = new Map<string, DamagedError>()
	const removing = new Set<string>()
	const open = (initial: SessionRecord) =>
		storage.document(nameOfSession(initial.id), () => initial, sessionRecord)

	/** @throws what is not a DamagedError */
	function standIn(id: string, error: unknown): Document<SessionRecord> {
		if (!(error instanceof DamagedError)) throw error
		damages.set(id, error)
		return notKept(newSessionRecord({ id }))
	}

	function get(id: string): SessionRecord {
		const document = documents.get(id)
		if (document) return document.data
		throw new GatewayError('session_not_found', `Session ${id} was removed.`)
	}

	/** Opens a record that is kept. */
	async function openOne(id: string): Promise<void> {
		const document = await open(newSessionRecord({ id })).catch((error) => standIn(id, error))
		documents.set(id, document)
	}

	return {
		/** Opens all records that are kept. */
		async openAll(): Promise<void> {
			for (const id of await storage.documentsIn('sessions')) await openOne(id)
		},
		openOne,
		/** Lets go of a record: another process has it. */
		close(id: string): void {
			documents.delete(id)
			damages.delete(id)
			storage.letGo(nameOfSession(id))
		},
		ids: () => [...documents.keys()],
		get,
		/** Why the record of a session cannot be read; `get` gives a new one in its place, of which nothing is kept. */
		damageOf: (id: string): DamagedError | undefined => damages.get(id),
		/** Creates a record; one of an id at a time. Waits until it is saved. @throws GatewayError session_exists */
		async create(record: SessionRecord): Promise<void> {
			const { id } = record
			if (documents.has(id)) throw sessionExists(id)
			const document = await open(record)
			await document.update(() => {})
			documents.set(id, document)
		},
		/** Changes a record, unless the session was removed. Waits until that is saved. */
		async save(id: string, change: RecordChange): Promise<void> {
			// A change that came now would write the record anew.
			if (removing.has(id)) return
			await documents.get(id)?.update((record) => {
				const changed = typeof change === 'function' ? change(record) : change
				Object.assign(record, changed, { updated_at: new Date().toISOString() })
			})
		},
		/** Deletes everything that is kept of a session. Waits until that is done. */
		async remove(id: string): Promise<void> {
			// After a crash in between, a session that has lost its state must not look like a damaged one.
			removing.add(id)
			try {
				await documents.get(id)?.update((record) => {
					Object.assign(record, { me: null, wanted: false })
				})
				await storage.remove(nameOfSession(id))
				documents.delete(id)
				damages.delete(id)
			} finally {
				removing.delete(id)
			}
		},
		/** Waits until every change is saved. */
		async flush(): Promise<void> {
			await Promise.all([...documents.values()].map((document) => document.update(() => {})))
		},
	}
}

/** A document of which nothing is kept. */
function notKept<T>(data: T): Document<T> {
	return { data, update: async (change) => change(structuredClone(data)), watch: () => () => {} }
}

export type SessionRecords = ReturnType<typeof createSessionRecords>

export function sessionExists(id: string) {
	return new GatewayError('session_exists', `Session ${id} already exists. Choose another id.`, {
		field: 'id',
	})
}
