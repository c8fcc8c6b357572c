import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeCipherFor, StateKeyError } from '../../../../gateway/src/storage/json/encryption.ts'
import { DamagedError } from '../../../../gateway/src/storage/driver.ts'
import { until } from '../../../support/wait.ts'
import { openStorage, put, refusing, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

const ofSession = (id: string) => `name = 'sessions/${id}/state'`

withServer('PostgreSQL', (server) => {
	test('a commit that is fenced leaves the others in its statement done', async (t) => {
		const url = await server().database()
		const storage = await openStorage(t, url)
		const [one, other] = await Promise.all(['one', 'other'].map((id) => storage.session(id)))
		await sql(url, `update wag.state set epoch = epoch + 1 where ${ofSession('one')}`)
		const fenced = one!.commit([put('a', 'x', 1)])
		const made = other!.commit([put('a', 'x', 1)])
		await assert.rejects(fenced, { code: 'storage_failed', message: /taken over/ })
		await made
		await assert.rejects(one!.commit([put('a', 'x', 2)]), { code: 'storage_failed' })
		await assert.rejects(one!.get('a', ['x']), { code: 'storage_failed' })
		const again = await storage.session('one')
		assert.deepEqual(await again.ids('a'), [])
		await again.commit([put('a', 'x', 3)])
	})

	test('who opens a state fences those who had it before, whatever they do', async (t) => {
		const storage = await openStorage(t, await server().database())
		const old = await storage.session('main')
		await old.commit([put('a', 'x', 'old')])
		const owner = await storage.session('main')
		await owner.commit([put('a', 'x', 'new')])
		await assert.rejects(old.commit([put('a', 'x', 'stale')]), { code: 'storage_failed' })
		const again = await storage.session('main')
		await assert.rejects(owner.drop('a', '~'), { code: 'storage_failed' })
		assert.equal((await again.get('a', ['x'])).get('x'), 'new')
	})

	test('a database that has lost commits stops the session', async (t) => {
		const url = await server().database()
		const storage = await openStorage(t, url)
		const store = await storage.session('main')
		await store.commit([put('a', 'x', 1)])
		await sql(url, `update wag.state set done = done - 1 where ${ofSession('main')}`)
		const commit = store.commit([put('a', 'x', 2)])
		await assert.rejects(commit, { code: 'storage_failed', message: /has lost commits/ })
	})

	test('what the database refuses of one session stops that session only, and at once', async (t) => {
		const url = await server().database()
		const storage = await openStorage(t, url)
		const stores = await Promise.all(['one', 'two', 'three'].map((id) => storage.session(id)))
		const end = await refusing(url, 'wag.record', '23514', `new.id = 'poison'`)
		const [good, bad, alsoGood] = stores.map((store, n) =>
			store.commit([put('a', n === 1 ? 'poison' : 'good', n)]),
		)
		await assert.rejects(bad!, { code: 'storage_failed', message: /refused by a test/ })
		await Promise.all([good, alsoGood])
		await end()
		const again = await storage.session('two')
		await again.commit([put('a', 'poison', 1)])
		assert.deepEqual(await again.ids('a'), ['poison'])
	})

	test('a row that cannot be read damages its session only', async (t) => {
		const url = await server().database()
		const storage = await openStorage(t, url)
		for (const id of ['one', 'other'])
			await (await storage.session(id, () => [put('a', 'x', { id })])).close()
		await sql(
			url,
			`update wag.record set value = '{"id' from wag.state where no = state and ${ofSession('one')}`,
		)
		const [one, other] = await Promise.all(['one', 'other'].map((id) => storage.session(id)))
		const read = [one!.get('a', ['x']), other!.get('a', ['x'])] as const
		await assert.rejects(read[0], DamagedError)
		assert.deepEqual((await read[1]).get('x'), { id: 'other' })
		await assert.rejects(one!.list('a'), /Record x of a in sessions\/one\/state is damaged/)
	})

	test('an encrypted row that is changed, or put in the place of another, is refused', async (t) => {
		const url = await server().database()
		const cipher = placeCipherFor('correct horse battery staple')
		const storage = await openStorage(t, url, { cipher })
		const values = ['person x', 'person y'].map((id) => put('secrets', id, `the secret of ${id}`))
		await (await storage.session('one', () => values)).close()
		await (await storage.session('other', () => values)).close()
		const rows = () => sql<{ id: string; value: string }>(url, 'select * from wag.record')
		const text = JSON.stringify(await rows())
		for (const word of ['secret of', 'person'])
			for (const form of [word, Buffer.from(word).toString('base64').slice(0, -3)])
				assert.equal(text.includes(form), false, form)
		const swap = (where: string) =>
			`update wag.record r set value = o.value from wag.record o where ${where}`
		const damages = [
			`update wag.record set value = left(value, 60) || 'AAAA' || substr(value, 65)`,
			swap('r.state = o.state and r.id <> o.id'),
			swap('r.state <> o.state'),
		]
		for (const damage of damages) {
			const before = await rows()
			await sql(url, damage)
			const store = await storage.session('one')
			await assert.rejects(store.list('secrets'), DamagedError, damage)
			await assert.rejects(store.get('secrets', ['person x']), DamagedError, damage)
			for (const { id, value } of before)
				await sql(url, 'update wag.record set value = $2 where id = $1', [id, value])
		}
		const whole = await storage.session('one')
		assert.equal(
			(await whole.get('secrets', ['person y'])).get('person y'),
			'the secret of person y',
		)
	})

	test('state does not open with another key, without its key, or with a key it does not need', async (t) => {
		const [cipher, other] = ['correct horse battery staple', 'a different passphrase'].map(
			placeCipherFor,
		)
		for (const [writer, reader, why] of [
			[cipher, other, /another key/],
			[cipher, undefined, /no key was given/],
			[undefined, cipher, /is not encrypted/],
		] as const) {
			const url = await server().database()
			const shape = { safeParse: (data: unknown) => ({ success: true as const, data }) }
			const first = await openStorage(t, url, { cipher: writer })
			await (await first.session('main', () => [put('a', 'x', 1)])).close()
			await (await first.document('keys', () => [], shape)).update(() => {})
			await first.close()
			const second = await openStorage(t, url, { cipher: reader })
			const isKeyError = (error: unknown) =>
				error instanceof StateKeyError && why.test(error.message)
			await assert.rejects(second.session('main'), isKeyError)
			await assert.rejects(
				second.document('keys', () => [], shape),
				isKeyError,
			)
		}
	})

	test('ids that PostgreSQL cannot hold are kept as they are', async (t) => {
		const storage = await openStorage(t, await server().database())
		const store = await storage.session('main')
		const ids = ['a\0b', '#', '#a', '\ud800', '\ud801', 'x'.repeat(3_000), '', '"', '{}', 'ü']
		for (const id of ids) await store.commit([put('a', id, { id, text: 'a\0\ud800' })])
		await store.close()
		const again = await storage.session('main')
		assert.deepEqual(await again.ids('a'), ids)
		const found = await again.get('a', ids)
		for (const id of ids) assert.deepEqual(found.get(id), { id, text: 'a\0\ud800' })
	})

	test('a change of a document that meets others is made to what they have left, and none is lost', async (t) => {
		const url = await server().database()
		const storage = await openStorage(t, url)
		const shape = {
			safeParse: (data: unknown) => ({ success: true as const, data: data as number[] }),
		}
		const document = await storage.document<number[]>('list', () => [], shape)
		await document.update(() => {})
		const other = async (n: number) =>
			sql(
				url,
				`with put as (update wag.document set version = version + 1,
					data = (data::jsonb || to_jsonb($1::int))::text where name = 'list' returning name)
					select pg_notify('wag_document', name) from put`,
				[n],
			)
		const numbers = Array.from({ length: 100 }, (_, n) => n)
		const ours = async () => {
			for (const n of numbers) await document.update((all) => void all.push(1_000 + n))
		}
		const theirs = async () => {
			for (const n of numbers) await other(n)
		}
		await Promise.all([ours(), theirs()])
		await until('the last change of the other is seen', () => document.data.includes(99))
		const sorted = [...document.data].sort((one, other) => one - other)
		assert.deepEqual(sorted, [...numbers, ...numbers.map((n) => 1_000 + n)])

		let told = 0
		document.watch(() => told++)
		await other(7)
		await until('the watcher is told', () => told === 1)
		assert.equal(document.data.at(-1), 7)
	})

	test('a document that others have changed while nobody listened is read again', async (t) => {
		const url = await server().database()
		const storage = await openStorage(t, url)
		const shape = {
			safeParse: (data: unknown) => ({ success: true as const, data: data as number }),
		}
		const document = await storage.document<number>('number', () => 1, shape)
		await document.update(() => {})
		await sql(
			url,
			`update wag.document set version = version + 1, data = '2' where name = 'number'`,
		)
		await until('it is seen', () => document.data === 2)
	})
})
