import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openTcpProxy, type Way } from '../../../support/net/tcp-proxy.ts'
import { throughPort, type Postgres } from '../../../support/postgres.ts'
import { until } from '../../../support/wait.ts'
import { openStorage, put, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

const ROUNDS = 60

/** A storage whose connections lead through a proxy. */
async function proxied(t: TestContext, server: Postgres) {
	const url = await server.database()
	const proxy = await openTcpProxy(t, server.port)
	// On a busy machine an engine takes its time to come back.
	const times = { leaseMs: 60_000 }
	const storage = await openStorage(t, throughPort(url, proxy.port), { times })
	/** How many changes of a session the database has counted. */
	const done = async (id: string) => {
		const text = 'select done::int from wag.state where name = $1'
		const [row] = await sql<{ done: number }>(url, text, [`sessions/${id}/state`])
		return row!.done
	}
	return { url, proxy, storage, done }
}

withServer('PostgreSQL', (server) => {
	const ways: [Way, string][] = [
		['answers-lost', 'had been done'],
		['requests-lost', 'had not been done'],
	]
	for (const [way, what] of ways)
		test(`a commit whose answer is lost is made once, if it ${what}`, async (t) => {
			const { proxy, storage, done } = await proxied(t, server())
			const store = await storage.session('main')
			await store.commit([put('a', 'x', 1)])
			proxy.goes(way)
			const commit = store.commit([put('a', 'x', 2), put('a', 'y', 2)])
			await until('something is lost', () => proxy.lost() > 0)
			proxy.goes('through')
			proxy.cut()
			await commit
			assert.deepEqual(
				[...(await store.list('a'))],
				[
					['x', 2],
					['y', 2],
				],
			)
			assert.equal(await done('main'), 3)
		})

	test('a commit that the old backend does late is made once, and undoes nothing', async (t) => {
		const { proxy, storage, done } = await proxied(t, server())
		const store = await storage.session('main')
		await store.commit([put('a', 'x', 1)])
		proxy.goes('requests-late')
		const commit = store.commit([put('a', 'x', 2)])
		await until('a request is late', () => proxy.lost() > 0)
		proxy.goes('through')
		proxy.cut()
		await commit
		await store.commit([put('a', 'x', 3)])
		proxy.deliverLate()
		for (let n = 0; n < 20; n++) await store.commit([put('b', String(n), n)])
		assert.equal((await store.get('a', ['x'])).get('x'), 3)
		assert.equal(await done('main'), 23)
	})

	test('whenever connections are cut, what was acknowledged is there, once and whole', async (t) => {
		const { proxy, storage, done } = await proxied(t, server())
		const ids = ['one', 'two', 'three', 'four']
		const stores = await Promise.all(ids.map((id) => storage.session(id)))
		let isGoing = true
		const counts = stores.map(async (store) => {
			let n = 0
			for (; isGoing; n++) await store.commit([put('a', String(n), n), put('b', String(n), n)])
			return n
		})
		for (let round = 0; round < ROUNDS; round++) {
			proxy.goes(round % 3 === 0 ? 'answers-lost' : round % 3 === 1 ? 'requests-lost' : 'through')
			if (round % 3 !== 2) await until('something is lost', () => proxy.lost() > 0)
			proxy.cut()
			proxy.goes('through')
			const before = await done('one')
			await until('it goes on', async () => (await done('one')) > before)
		}
		isGoing = false
		for (const [n, id] of ids.entries()) {
			const written = await counts[n]!
			const expected = Array.from({ length: written }, (_, n) => [String(n), n])
			assert.deepEqual([...(await stores[n]!.list('a'))], expected)
			assert.deepEqual([...(await stores[n]!.list('b'))], expected)
			assert.equal(await done(id), 2 * written)
		}
	})

	test('backends that are ended by hand cost nothing but time', async (t) => {
		const { url, storage } = await proxied(t, server())
		const store = await storage.session('main')
		for (let n = 0; n < 5; n++) {
			const commits = [1, 2, 3].map((id) => store.commit([put('a', `${n}.${id}`, n)]))
			await sql(
				url,
				`select pg_terminate_backend(pid) from pg_stat_activity
					where datname = current_database() and pid <> pg_backend_pid()`,
			)
			await Promise.all(commits)
		}
		assert.equal((await store.ids('a')).length, 15)
	})

	test('a change of a document whose answer is lost is made once', async (t) => {
		const { proxy, storage } = await proxied(t, server())
		const shape = {
			safeParse: (data: unknown) => ({ success: true as const, data: data as number[] }),
		}
		const document = await storage.document<number[]>('list', () => [], shape)
		for (const way of ['answers-lost', 'requests-lost'] as const) {
			const { length } = document.data
			proxy.goes(way)
			const update = document.update((all) => all.push(all.length))
			await until('something is lost', () => proxy.lost() > 0)
			proxy.goes('through')
			proxy.cut()
			assert.equal(await update, length + 1)
		}
		assert.deepEqual(document.data, [0, 1])
		assert.deepEqual((await storage.document<number[]>('list', () => [], shape)).data, [0, 1])
	})

	test('an engine that crashes and comes back is waited for', async (t) => {
		const { storage, done } = await proxied(t, server())
		const store = await storage.session('main')
		await store.commit([put('a', '0', 0)])
		await server().stop('SIGQUIT')
		const commits = [1, 2, 3].map((n) => store.commit([put('a', String(n), n)]))
		const read = store.list('a')
		await server().start()
		await Promise.all(commits)
		assert.equal((await read).size, 4)
		assert.equal(await done('main'), 4)
	})
})
