import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import pg from 'pg'
import { newIdentity } from '../../../../gateway/src/session/signal/auth-state.ts'
import { openSessionState } from '../../../../gateway/src/session/state/index.ts'
import { atEnd } from '../../../support/directories.ts'
import { linkedGateway, openGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'
import { openStorage, put, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

type Query = { name?: string; values?: unknown[][] }

/** How many queries are made meanwhile. @param counts which of them count */
function countQueries(t: TestContext, counts: (query: Query) => boolean = () => true) {
	let count = 0
	const { prototype } = pg.Client
	const query = prototype.query as (...args: unknown[]) => unknown
	prototype.query = function (this: pg.Client, ...args: unknown[]) {
		if (counts(args[0] as Query)) count++
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

	test('messages that wait for their turn are looked up together', async (t) => {
		const stateUrl = await server().database()
		const { gateway, sandbox, owner } = await linkedGateway(t, { stateUrl })
		const people = Array.from({ length: 20 }, (_, n) => sandbox.phone(String(491_710_000_000 + n)))
		const heard = (on: typeof gateway, text: string) =>
			until(`all have said ${text}`, async () => {
				const { body } = await on.request('GET', '/api/v1/sessions/main/events?limit=1000')
				const events = body.events as { data: { text?: string } }[]
				return events.filter(({ data }) => data.text === text).length === people.length * 10
			})
		const say = async (text: string) => {
			for (let n = 0; n < 10; n++)
				await Promise.all(people.map((person) => person.says(text, { to: owner })))
		}
		await say('first')
		await heard(gateway, 'first')
		await gateway.stop()
		await say('again')
		const again = await openGateway(t, { dataDir: gateway.dataDir, stateUrl, sandbox })
		const readsOf = countQueries(
			t,
			({ name, values }) =>
				name === 'wag-get' &&
				values![2]!.some((collection) => String(collection).startsWith('seen-message/')),
		)
		const reads = await readsOf(async () => {
			again.start()
			await heard(again, 'again')
		})
		assert.ok(reads > 0 && reads < 100, `${reads} reads for ${people.length * 10} messages`)
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
