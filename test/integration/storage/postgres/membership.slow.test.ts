import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { LockedError } from '../../../../gateway/src/storage/json/lock.ts'
import {
	sharedPostgresStorage,
	type SharedStorageOptions,
} from '../../../../gateway/src/storage/postgres/index.ts'
import { atEnd } from '../../../support/directories.ts'
import { until } from '../../../support/wait.ts'
import { openStorage, put, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

const anything = { safeParse: (data: unknown) => ({ success: true as const, data }) }

/** A node of a cluster, which leaves with the test. */
async function joinCluster(
	t: TestContext,
	url: string,
	name: string,
	options: Partial<SharedStorageOptions> = {},
) {
	const own = { name, address: `http://${name}.test`, ...options }
	const { storage, membership } = await sharedPostgresStorage(url, own)
	let isOpen = true
	async function close() {
		if (isOpen) await storage.close()
		isOpen = false
	}
	atEnd(t, close)
	const record = (session: string) => storage.document(`sessions/${session}`, () => ({}), anything)
	return {
		...membership,
		storage,
		close,
		writesRecord: async (session: string, data: object) =>
			(await record(session)).update((draft) => void Object.assign(draft as object, data)),
		opens: (session: string) => storage.state(`sessions/${session}/state`, () => []),
	}
}

const runsOut = (url: string, node: string) =>
	sql(url, `update wag.node set expires = clock_timestamp() - interval '1 ms' where id = $1`, [
		node,
	])

const makeSessions = (url: string, count: number) =>
	sql(url, `insert into wag.session (id) select 's' || n from generate_series(1, $1) n`, [count])

withServer('nodes that share a database', (server) => {
	test('two that claim at once share the sessions, and none is claimed twice', async (t) => {
		const url = await server().database()
		const nodes = [await joinCluster(t, url, 'a'), await joinCluster(t, url, 'b')]
		await makeSessions(url, 1000)
		const claimed = await Promise.all(
			nodes.map(async ({ claim }) => {
				const all: string[] = []
				for (let some = await claim(10, []); some.length; some = await claim(10, []))
					all.push(...some)
				return all
			}),
		)
		const ids = claimed.flat()
		assert.deepEqual([ids.length, new Set(ids).size], [1000, 1000])
		assert.ok(claimed.every(({ length }) => length > 0))
		const left = await sql(url, 'select from wag.session where holder is null or epoch <> 1')
		assert.equal(left.length, 0)
	})

	test('a session is made once, by the node that has it then, and the others learn where it is', async (t) => {
		const url = await server().database()
		const [a, b] = [await joinCluster(t, url, 'a'), await joinCluster(t, url, 'b')]
		const made = await Promise.all([a.create('main'), b.create('main')])
		assert.deepEqual([...made].sort(), [false, true])
		const [owner, other] = made[0] ? [a, b] : [b, a]
		const found = await other.ownerOf('main')
		assert.deepEqual(found, {
			node: owner.node(),
			address: owner.address,
			epoch: 1,
			drains: false,
		})
		assert.equal(await other.ownerOf('nobody'), undefined)
		await owner.release('main')
		assert.equal(await other.ownerOf('main'), null)
	})

	test('a session that is given away is told of, and can be claimed at once', async (t) => {
		const url = await server().database()
		const [a, b] = [await joinCluster(t, url, 'a'), await joinCluster(t, url, 'b')]
		const told: (string | undefined)[] = []
		b.onChange((session) => told.push(session))
		await until('b listens', () => told.includes(undefined))
		await a.create('main')
		await until('b hears of it', () => told.includes('main'))
		assert.deepEqual(await b.claim(10, []), [])
		await a.release('main')
		assert.deepEqual(await b.claim(10, ['main']), [])
		assert.deepEqual(await b.claim(10, []), ['main'])
		assert.equal(b.epochOf('main'), 2)
	})

	test('sessions that requests wait for are claimed before others', async (t) => {
		const url = await server().database()
		const a = await joinCluster(t, url, 'a')
		await makeSessions(url, 5)
		assert.deepEqual((await a.claim(2, [], ['s4', 's2'])).sort(), ['s2', 's4'])
		assert.deepEqual((await a.claim(9, ['s3'], ['s3'])).sort(), ['s1', 's5'])
	})

	test('a node hears that another one has opened a session', async (t) => {
		const url = await server().database()
		const [a, b] = [await joinCluster(t, url, 'a'), await joinCluster(t, url, 'b')]
		let isListening = false
		const opened: string[] = []
		b.onChange(() => (isListening = true))
		b.onOpened((session) => opened.push(session))
		await until('b listens', () => isListening)
		await a.create('main')
		await a.tellOpened('main')
		await until('b hears of it', () => opened.length > 0)
		assert.deepEqual(opened, ['main'])
	})

	test('who does not have a session writes nothing of it, not even its record', async (t) => {
		const url = await server().database()
		const [a, b] = [await joinCluster(t, url, 'a'), await joinCluster(t, url, 'b')]
		await a.create('main')
		await a.writesRecord('main', { by: 'a' })
		const store = await a.opens('main')
		await store.commit([put('x', 'one', 1)])
		await assert.rejects(b.writesRecord('main', { by: 'b' }), { code: 'storage_failed' })
		await assert.rejects(b.opens('main'), { code: 'storage_failed' })
		await assert.rejects(b.storage.remove('sessions/main'), { code: 'storage_failed' })
		await a.release('main')
		await b.claim(1, [])
		await b.writesRecord('main', { by: 'b' })
		const taken = await b.opens('main')
		assert.deepEqual(await taken.ids('x'), ['one'])
		await assert.rejects(a.writesRecord('main', { by: 'a' }), { code: 'storage_failed' })
		await assert.rejects(store.commit([put('x', 'two', 2)]), { code: 'storage_failed' })
		const [row] = await sql<{ data: string }>(url, 'select data from wag.document')
		assert.deepEqual(JSON.parse(row!.data), { by: 'b' })
	})

	test('a lease that has run out cannot be renewed: its sessions are free, and its node begins anew', async (t) => {
		const url = await server().database()
		const a = await joinCluster(t, url, 'a')
		const b = await joinCluster(t, url, 'b')
		await a.create('main')
		const first = a.node()
		let lost = 0
		a.onLost(() => void lost++)
		await runsOut(url, first)
		assert.equal(await a.prove(), false)
		assert.deepEqual([lost, a.holds(), a.epochOf('main')], [1, false, undefined])
		await b.buryDead()
		assert.equal(await b.ownerOf('main'), null)
		await a.rejoin()
		assert.ok(a.holds())
		assert.notEqual(a.node(), first)
		await assert.rejects(a.writesRecord('main', {}), { code: 'storage_failed' })
		assert.deepEqual(await b.claim(10, []), ['main'])
	})

	test('a renewal that comes at the moment of the burial succeeds, or the burial does, and never both', async (t) => {
		const url = await server().database()
		const b = await joinCluster(t, url, 'b')
		const outcomes = new Set<string>()
		for (let round = 0; round < 40; round++) {
			const a = await joinCluster(t, url, 'a')
			await a.create(`s${round}`)
			await sql(
				url,
				`update wag.node set expires = clock_timestamp() + $2 * interval '1 ms' where id = $1`,
				[a.node(), round],
			)
			const [renewed] = await Promise.all([a.prove(), b.buryDead()])
			await b.buryDead()
			const isFree = (await b.ownerOf(`s${round}`)) === null
			assert.equal(isFree, !renewed)
			outcomes.add(String(renewed))
			await a.close()
			await b.buryDead()
		}
		assert.ok(outcomes.has('true'))
	})

	test('a gateway of its own and a cluster keep each other out; each finds the sessions of the other', async (t) => {
		const url = await server().database()
		const alone = await openStorage(t, url)
		await (await alone.document('sessions/old', () => ({}), anything)).update(() => {})
		await (await alone.document('sessions/old/other', () => ({}), anything)).update(() => {})
		await assert.rejects(sharedPostgresStorage(url, { name: 'a', address: 'x' }), LockedError)
		await alone.close()
		const a = await joinCluster(t, url, 'a')
		assert.deepEqual(await a.claim(10, []), ['old'])
		await a.create('new')
		await a.writesRecord('new', {})
		await assert.rejects(openStorage(t, url), LockedError)
		await a.close()
		const again = await openStorage(t, url)
		assert.deepEqual(await again.documentsIn('sessions'), ['new', 'old'])
		assert.equal((await sql(url, 'select from wag.session where holder is not null')).length, 0)
		await again.remove('sessions/old')
		assert.deepEqual(await sql(url, 'select id from wag.session'), [{ id: 'new' }])
	})
})
