import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Change, StateStore } from '../../../gateway/src/storage/driver.ts'

/** Opens the same store again and again: what it holds must outlive `close`. */
export type OpenStore = (initial?: () => Change[]) => Promise<StateStore>

const put = (collection: string, id: string, value: unknown): Change => ({ collection, id, value })
const entries = async (store: StateStore, collection: string) =>
	Object.fromEntries(await store.list(collection))

/**
 * What every driver promises. A driver is done when this passes.
 * @param open makes a function that opens one and the same store
 * @param keeps false for a driver that forgets when it is closed
 */
export function testDriver(
	name: string,
	open: (t: TestContext) => Promise<OpenStore>,
	{ keeps = true } = {},
): void {
	/** Checks a store, and checks it again after it was reopened, if it keeps what it holds. */
	async function checkTwice(
		store: StateStore,
		reopen: OpenStore,
		check: (store: StateStore) => Promise<void>,
	) {
		await check(store)
		await store.close()
		if (!keeps) return
		const again = await reopen()
		await check(again)
		await again.close()
	}

	const it = (title: string, body: (reopen: OpenStore) => Promise<void>) =>
		test(`${name}: ${title}`, async (t) => body(await open(t)))

	it('a new store starts with what it is given, and only a new one', async (reopen) => {
		const store = await reopen(() => [put('creds', 'me', { id: 1 })])
		assert.deepEqual(await entries(store, 'creds'), { me: { id: 1 } })
		await store.close()
		if (!keeps) return
		const again = await reopen(() => assert.fail('a store that exists was started anew'))
		assert.deepEqual(await entries(again, 'creds'), { me: { id: 1 } })
		await again.close()
	})

	it('a batch is there after its commit, and after reopening', async (reopen) => {
		const store = await reopen()
		await store.commit([
			put('a', '1', 'x'),
			put('a', '2', { deep: [1, null, 'ü'] }),
			put('b', '1', 0),
		])
		await store.commit([put('a', '1', null)])
		const check = async (opened: StateStore) => {
			assert.deepEqual(await entries(opened, 'a'), { 2: { deep: [1, null, 'ü'] } })
			assert.deepEqual([...(await opened.get('b', ['1', 'none']))], [['1', 0]])
			assert.equal((await opened.list('nothing')).size, 0)
		}
		await checkTwice(store, reopen, check)
	})

	it('the ids of a collection come in the order in which they were first written, also after reopening', async (reopen) => {
		const store = await reopen()
		for (const id of ['9', 'b', '1', 'a', 'c']) await store.commit([put('a', id, 1)])
		await store.commit([put('a', 'b', 2), put('a', '1', null), put('a', 'new', 1)])
		await store.commit([put('a', '9', null), put('a', '1', 3)])
		const check = async (opened: StateStore) => {
			assert.deepEqual(await opened.ids('a'), ['b', 'a', 'c', 'new', '1'])
			assert.ok((await opened.collections('a')).get('a')! >= 5)
			assert.deepEqual([...(await opened.list('a')).keys()], ['b', 'a', 'c', 'new', '1'])
		}
		await checkTwice(store, reopen, check)
	})

	it('collections are dropped by prefix up to a name, and can be filled again', async (reopen) => {
		const store = await reopen()
		const names = ['day/1', 'day/2', 'day/3', 'days', 'day', 'other/1']
		await store.commit(names.flatMap((name) => [put(name, 'x', name), put(name, 'y', 0)]))
		const dropped = store.drop('day/', '3')
		await store.commit([put('day/2', 'x', 'again')])
		await dropped
		const check = async (opened: StateStore) => {
			const left = await Promise.all(names.map((name) => opened.ids(name)))
			assert.deepEqual([...(await opened.collections('day/')).keys()].sort(), ['day/2', 'day/3'])
			const both = ['x', 'y']
			assert.deepEqual(left, [[], ['x'], both, both, both, both])
			assert.equal((await opened.get('day/2', ['x'])).get('x'), 'again')
			assert.equal((await opened.get('day/1', ['x'])).size, 0)
		}
		await check(store)
		await store.close()
		if (!keeps) return
		for (let round = 0; round < 3; round++) {
			const again = await reopen()
			await check(again)
			await again.close()
		}
	})

	it('a read sees every commit that was called before it', async (reopen) => {
		const store = await reopen()
		const commits = [1, 2, 3].map((value) => store.commit([put('a', 'x', value)]))
		assert.equal((await store.get('a', ['x'])).get('x'), 3)
		await Promise.all(commits)
		await store.close()
	})

	// A driver that is not far away reads nothing ahead: the same holds for it.
	const written: [string, (store: StateStore) => Promise<unknown> | void, unknown][] = [
		['nothing', () => undefined, 'before'],
		['another value', (store) => store.commit([put('a', 'x', 'after')]), 'after'],
		['a deletion', (store) => store.commit([put('a', 'x', null)]), undefined],
		['a drop of its collection', (store) => store.drop('', 'b'), undefined],
	]
	for (const isDurable of [true, false])
		for (const [what, write, value] of written)
			it(`a record that was read ahead of ${what}${isDurable ? '' : ' on its way'} is as it is now`, async (reopen) => {
				const store = await reopen(() => [put('a', 'x', 'before'), put('b', 'y', 1)])
				store.ahead?.('a', ['x', 'none'])
				const done = write(store)
				if (isDurable) await done
				store.ahead?.('a', ['x', 'none'])
				await done
				for (const _ of ['ahead', 'anew'])
					assert.deepEqual(
						[...(await store.get('a', ['x', 'none']))],
						value === undefined ? [] : [['x', value]],
					)
				await store.commit([put('a', 'none', 'new')])
				assert.deepEqual([...(await store.get('a', ['none']))], [['none', 'new']])
				await store.close()
			})

	it('what a caller does to a value that it gave or got changes nothing', async (reopen) => {
		const store = await reopen()
		const given = { list: [1] }
		const commit = store.commit([put('a', 'x', given)])
		given.list.push(2)
		const got = (await store.get('a', ['x'])).get('x') as typeof given
		got.list.push(3)
		await commit
		assert.deepEqual((await store.get('a', ['x'])).get('x'), { list: [1] })
		await store.close()
	})

	it('a thousand commits at once take effect in the order of their calls', async (reopen) => {
		const store = await reopen()
		await Promise.all(
			Array.from({ length: 1000 }, (_, n) =>
				store.commit([put('a', String(n % 7), n), put('all', String(n), n)]),
			),
		)
		const last = { 0: 994, 1: 995, 2: 996, 3: 997, 4: 998, 5: 999, 6: 993 }
		assert.deepEqual(await entries(store, 'a'), last)
		await store.close()
		if (!keeps) return
		const again = await reopen()
		assert.deepEqual(await entries(again, 'a'), last)
		assert.equal((await again.list('all')).size, 1000)
		await again.close()
	})
}
