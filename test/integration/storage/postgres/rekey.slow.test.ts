import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeCipherFor, StateKeyError } from '../../../../gateway/src/storage/json/encryption.ts'
import { DamagedError, type Shape } from '../../../../gateway/src/storage/driver.ts'
import { rekeyDatabase } from '../../../../gateway/src/storage/postgres/rekey.ts'
import { openStorage, put, refusing, sql } from './support/store.ts'
import { withServer } from './support/with-server.ts'

const RECORDS = 1_234
const anything: Shape<unknown> = { safeParse: (data) => ({ success: true, data }) }
const [first, second] = ['the first of two keys', 'the second of two keys'].map(placeCipherFor)
type Key = typeof first

const records = Array.from({ length: RECORDS }, (_, n) => put(`c${n % 7}`, `id ${n}`, { n }))

/** A database with two sessions and a document, and what is in it. */
async function filled(t: Parameters<typeof openStorage>[0], url: string, cipher: Key) {
	const storage = await openStorage(t, url, { cipher })
	await (await storage.session('one', () => records)).close()
	await (await storage.session('other', () => records.slice(0, 3))).close()
	await (await storage.document('keys', () => ['a'], anything)).update(() => {})
	await storage.close()

	/** @throws StateKeyError */
	return async function check(cipher: Key) {
		const storage = await openStorage(t, url, { cipher })
		try {
			const one = await storage.session('one', () => assert.fail('it is gone'))
			for (let n = 0; n < 7; n++)
				assert.deepEqual(
					[...(await one.list(`c${n}`))],
					records.filter((_, i) => i % 7 === n).map(({ id, value }) => [id, value]),
				)
			assert.deepEqual((await one.get('c3', ['id 3'])).get('id 3'), { n: 3 })
			assert.deepEqual((await storage.document('keys', () => [], anything)).data, ['a'])
		} finally {
			await storage.close()
		}
	}
}

withServer('PostgreSQL', (server) => {
	test('state begins with a key, changes it, and goes without, and keeps its order', async (t) => {
		const url = await server().database()
		const check = await filled(t, url, undefined)
		for (const change of [
			{ to: first, from: undefined },
			{ to: second, from: first },
			{ to: second, from: first },
			{ to: undefined, from: second },
		]) {
			assert.equal(await rekeyDatabase(url, change, assert.fail), 3)
			await check(change.to)
			const text = JSON.stringify(await sql(url, 'select id, value from wag.record'))
			assert.equal(/id 7/.test(text), change.to === undefined)
		}
	})

	test('a change of the key that is interrupted is gone on with, and nothing opens before', async (t) => {
		const url = await server().database()
		const check = await filled(t, url, first)
		const end = await refusing(url, 'wag.record', '23514', `new.collection = 'c6'`)
		const change = { to: second, from: first }
		await assert.rejects(rekeyDatabase(url, change, assert.fail), { code: 'storage_failed' })
		await end()
		for (const key of [first, second, undefined]) await assert.rejects(check(key), StateKeyError)
		await rekeyDatabase(url, change, assert.fail)
		await check(second)
	})

	test('a wrong key and a damaged row change nothing', async (t) => {
		const url = await server().database()
		const check = await filled(t, url, first)
		const rows = () => sql(url, 'select * from wag.record order by state, collection, id')
		const before = await rows()
		await assert.rejects(
			rekeyDatabase(url, { to: undefined, from: second }, assert.fail),
			StateKeyError,
		)
		await check(first)
		await sql(url, `delete from wag.document`)
		await sql(
			url,
			`update wag.record set value = left(value, 60) || 'AAAA' || substr(value, 65) where id = (select max(id) from wag.record)`,
		)
		await assert.rejects(rekeyDatabase(url, { to: second, from: first }, assert.fail), DamagedError)
		assert.equal((await rows()).length, before.length)
		const keys = await sql<{ key: string }>(url, 'select distinct key from wag.state')
		assert.ok(keys.some(({ key }) => key === first!.name))
	})
})
