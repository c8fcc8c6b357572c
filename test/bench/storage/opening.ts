import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { newIdentity } from '../../../gateway/src/session/signal/auth-state.ts'
import { openSessionState } from '../../../gateway/src/session/state/index.ts'
import type { Change, Storage } from '../../../gateway/src/storage/driver.ts'
import { placeCipherFor } from '../../../gateway/src/storage/json/encryption.ts'
import { postgresStorage } from '../../../gateway/src/storage/postgres/index.ts'
import { percentilesOf } from '../measure/percentiles.ts'
import { refuseLoss, type Place } from './place.ts'

const STATE = 'sessions/main/state'
const TURNS = 5
const BATCH = 500
const today = new Date().toISOString().slice(0, 10)
const numbered = (n: number) => String(n).padStart(6, '0')

type Kind = {
	collection: string
	count: number
	id?: (n: number) => string
	value: (n: number) => unknown
}

/** A busy session: 85,000 records. */
const kinds: Kind[] = [
	{ collection: `message/${today}`, count: 30_000, value: () => 'x'.repeat(400) },
	{ collection: `received/${today}`, count: 15_000, value: () => ({ plain: 'x'.repeat(150) }) },
	{ collection: `progress/${today}`, count: 15_000, value: () => ({ sent: 'x'.repeat(24) }) },
	{ collection: `seen-message/${today}`, count: 20_000, value: () => 1 },
	{
		collection: 'session',
		count: 1_500,
		id: (n) => `49170${numbered(n)}.0/${numbered(n)}`,
		value: (n) => ({ record: 'x'.repeat(1_500), used: n }),
	},
	{ collection: 'contact', count: 2_000, value: () => ({ name: 'x'.repeat(40) }) },
	{ collection: 'lid-mapping', count: 1_000, value: (n) => `1234${numbered(n)}` },
	{ collection: 'devices', count: 500, value: () => 'x'.repeat(100) },
]

async function fill(storage: Storage): Promise<void> {
	const store = await storage.state(STATE, newIdentity)
	for (const { collection, count, id = numbered, value } of kinds)
		for (let begin = 0; begin < count; begin += BATCH) {
			const changes = Array.from({ length: BATCH }, (_, n): Change => {
				const at = begin + n
				return { collection, id: id(at), value: value(at) }
			})
			await store.commit(changes)
		}
	await store.close()
}

/** Counts the queries of this process. */
function queryCounter() {
	const { prototype } = pg.Client
	const query = prototype.query as (...args: unknown[]) => unknown
	let count = 0
	prototype.query = function (this: pg.Client, ...args: unknown[]) {
		count++
		return query.apply(this, args)
	} as typeof prototype.query
	return async (act: () => Promise<unknown>) => {
		count = 0
		const begun = performance.now()
		await act()
		return { ms: performance.now() - begun, queries: count }
	}
}

/** A session of 85,000 records is opened, pruned with nothing due, and the ids of its messages are read. */
export async function opening({ server }: Place): Promise<void> {
	const measured = queryCounter()
	for (const key of [undefined, randomBytes(32).toString('hex')]) {
		const url = await server.database()
		const options = { onLost: refuseLoss, cipher: key ? placeCipherFor(key) : undefined }
		const storage = await postgresStorage(url, options)
		await fill(storage)
		const times: Record<string, number[]> = {}
		const queries: Record<string, number> = {}
		const note = async (what: string, act: () => Promise<unknown>) => {
			const { ms, queries: count } = await measured(act)
			;(times[what] ??= []).push(ms)
			queries[what] = Math.max(queries[what] ?? 0, count)
		}
		for (let turn = 0; turn < TURNS; turn++) {
			let state: Awaited<ReturnType<typeof openSessionState>>
			await note('open', async () => (state = await openSessionState(storage, 'main')))
			await note('prune', () => state.prune())
			await state!.close()
			const store = await storage.state(STATE, newIdentity)
			await note('ids of 30,000 messages', () => store.ids(`message/${today}`))
			await store.close()
		}
		await storage.close()
		for (const [what, all] of Object.entries(times)) {
			const { p50 } = percentilesOf(all)
			const range = `${Math.round(Math.min(...all))} to ${Math.round(Math.max(...all))}`
			console.log(
				`${what}, ${key ? 'with a key' : 'without a key'}: ${Math.round(p50)} ms (${range}), ${queries[what]} queries`,
			)
		}
	}
}
