import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import pg from 'pg'
import { newIdentity } from '../../../../gateway/src/session/signal/auth-state.ts'
import { openSessionState } from '../../../../gateway/src/session/state/index.ts'
import { atEnd } from '../../../support/directories.ts'
import { openStorage, put, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

/** How many queries are made meanwhile. */
function countQueries(t: TestContext) {
	let count = 0
	const { prototype } = pg.Client
	const query = prototype.query as (...args: unknown[]) => unknown
	prototype.query = function (this: pg.Client, ...args: unknown[]) {
		count++
		return query.apply(this, args)
	} as typeof prototype.query
	atEnd(t, () => void (prototype.query = query as typeof prototype.query))
	return async (act: () => Promise<unknown>): Promise<number> => {
		count = 0
		await act()
		return count
	}
}

withServer('PostgreSQL', (server) => {
	test('a session is opened with 20 queries at most, and pruned with five when nothing is due', async (t) => {
		const storage = await openStorage(t, await server().database())
		const today = new Date().toISOString().slice(0, 10)
		const collections = [
			...['message', 'received', 'progress', 'seen-message'].map((name) => `${name}/${today}`),
			...['contact', 'lid-mapping', 'devices', 'group-subject', 'chat-timer', 'label'],
		]
		const records = collections.flatMap((name) => [put(name, 'one', 'x'), put(name, 'two', 'y')])
		const first = await storage.session('main', () => [...newIdentity(), ...records])
		await first.close()
		const queriesOf = countQueries(t)
		let state: Awaited<ReturnType<typeof openSessionState>> | undefined
		const opening = await queriesOf(async () => (state = await openSessionState(storage, 'main')))
		assert.ok(opening > 5 && opening <= 20, `opened with ${opening} queries`)
		const pruning = await queriesOf(() => state!.prune())
		assert.ok(pruning > 0 && pruning <= 5, `pruned with ${pruning} queries`)
		assert.deepEqual(state!.auth.otherName('one', 'phone'), 'x')
		await state!.close()
	})

	test('a query that was planned while the database was empty finds records by their key when it is full', async (t) => {
		const url = await server().database()
		const storage = await openStorage(t, url)
		const state = await storage.session('main', () => [put('x', 'known', 1)])
		await state.get('x', ['known'])
		await sql(
			url,
			`insert into wag.record (state, collection, id, n, value)
				select s, 'x', 'r' || r, r, '1' from generate_series(100, 199) s, generate_series(1, 100) r`,
			[],
		)
		const scans = async () => {
			const [row] = await sql<{ rows: number }>(
				url,
				`select sum(seq_tup_read)::int as rows from pg_stat_all_tables where relname like 'record\\_%'`,
				[],
			)
			return row!.rows
		}
		const before = await scans()
		for (let n = 0; n < 5; n++) await state.get('x', ['known'])
		await storage.close()
		assert.equal((await scans()) - before, 0)
	})
})
