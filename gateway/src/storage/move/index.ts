import { createHash } from 'node:crypto'
import { ulid } from '../../lib/ulid.ts'
import type { Change, Shape, StateStore, Storage } from '../driver.ts'
import { MoveError, refuseMarked } from '../move-mark.ts'
import type { MoveSide } from './side.ts'

/** Records that are committed together. */
const BATCH = 500

/** What was moved. */
export type MovedState = { documents: number; states: number; records: number }

/**
 * Moves all state from one side to another, of whatever kinds they are. The old one keeps what it has, and says that it
 * is elsewhere. Killed at any moment, it can be run again; a gateway never starts on both.
 * @throws MoveError when one of them is not fit for that
 */
export async function moveState(from: MoveSide, to: MoveSide): Promise<MovedState | 'finished'> {
	const [left, arrived] = [await from.mark(), await to.mark()]
	if (left?.kind === 'moved' && arrived?.kind === 'arriving' && arrived.move === left.move) {
		await to.setMark(undefined)
		return 'finished'
	}
	refuseMarked(from.place, left)
	if (arrived?.kind === 'moved') refuseMarked(to.place, arrived)
	if (!arrived) await refuseFull(to)
	const move = ulid()
	await to.setMark({ kind: 'arriving', move, other: from.place })
	await clear(to)
	const moved = await copyAll(from, to.storage)
	await from.setMark({ kind: 'moved', move, other: to.place })
	await to.setMark(undefined)
	return moved
}

/** @throws MoveError */
async function refuseFull({ names, place }: MoveSide): Promise<void> {
	const { documents, states } = await names()
	if (documents.length + states.length > 0)
		throw new MoveError(`${place} has state of its own: name an empty place. Nothing was changed.`)
}

/** Deletes what an attempt that was interrupted has left. */
async function clear({ names, storage }: MoveSide): Promise<void> {
	const { documents, states } = await names()
	for (const name of [...states, ...documents]) await storage.remove(name)
}

async function copyAll({ names, storage: from }: MoveSide, to: Storage): Promise<MovedState> {
	const { documents, states } = await names()
	let records = 0
	for (const name of states) {
		const { count, digest } = await copyState(name, from, to)
		const copy = await digestOf(await to.state(name, gone(name)))
		if (copy.digest !== digest || copy.count !== count) throw differs(name)
		records += count
	}
	for (const name of documents) await copyDocument(name, from, to)
	return { documents: documents.length, states: states.length, records }
}

async function copyState(name: string, from: Storage, to: Storage) {
	const target = await to.state(name, () => [])
	const commit = async (changes: Change[]) => target.commit(changes)
	try {
		return await digestOf(await from.state(name, gone(name)), commit)
	} finally {
		await target.close()
	}
}

/** Reads a state to its end, and closes it. @param each gets the records in batches */
async function digestOf(state: StateStore, each?: (changes: Change[]) => Promise<void>) {
	const hash = createHash('sha256')
	let count = 0
	try {
		for (const collection of [...(await state.collections('')).keys()].sort()) {
			const records = [...(await state.list(collection))]
			for (const [id, value] of records) hash.update(`${JSON.stringify([collection, id, value])}\n`)
			count += records.length
			for (let n = 0; each && n < records.length; n += BATCH)
				await each(records.slice(n, n + BATCH).map(([id, value]) => ({ collection, id, value })))
		}
		return { count, digest: hash.digest('hex') }
	} finally {
		await state.close()
	}
}

/** The shape is checked when a document is opened; here it is only copied. */
const anything: Shape<unknown> = { safeParse: (data) => ({ success: true, data }) }

async function copyDocument(name: string, from: Storage, to: Storage): Promise<void> {
	const absent = {}
	const { data } = await from.document<unknown>(name, () => absent, anything)
	if (data === absent) gone(name)()
	const copy = await to.document(name, () => data, anything)
	await copy.update(() => {})
	if (JSON.stringify(copy.data) !== JSON.stringify(data)) throw differs(name)
}

const gone = (name: string) => (): never => {
	throw new MoveError(`${name} vanished while it was moved. Run the command again.`)
}

const differs = (name: string) =>
	new MoveError(`The copy of ${name} differs from what it is a copy of. Run the command again.`)
