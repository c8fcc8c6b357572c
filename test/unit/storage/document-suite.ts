import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { DamagedError, type Shape, type Storage } from '../../../gateway/src/storage/driver.ts'
import { atEnd } from '../../support/directories.ts'

const listOf = <T>(kind: string): Shape<T[]> => ({
	safeParse: (data) =>
		Array.isArray(data) && data.every((item) => typeof item === kind)
			? { success: true, data }
			: { success: false, error: new Error(`not a list of ${kind}s`) },
})
const numbers = listOf<number>('number')

const list = (storage: Storage, name = 'list') =>
	storage.document<number[]>(name, () => [], numbers)

/** What every driver promises of documents. @param driver makes a function that opens one and the same storage */
export function testDocuments(
	name: string,
	driver: (t: TestContext) => Promise<() => Promise<Storage>>,
): void {
	const it = (title: string, body: (opened: () => Promise<Storage>) => Promise<void>) =>
		test(`${name}: ${title}`, async (t) => {
			const open = await driver(t)
			let last: Storage | undefined
			atEnd(t, () => last?.close())
			await body(async () => {
				await last?.close()
				return (last = await open())
			})
		})

	it('a document holds what was saved, after it is opened again', async (open) => {
		const document = await list(await open())
		assert.deepEqual(document.data, [])
		await document.update((numbers) => void numbers.push(1))
		assert.deepEqual((await list(await open())).data, [1])
	})

	it('changes made at once are all kept, in their order', async (open) => {
		const document = await list(await open())
		const wanted = Array.from({ length: 50 }, (_, index) => index)
		const results = await Promise.all(
			wanted.map((number) =>
				document.update((all) => {
					all.push(number)
					return all.length
				}),
			),
		)
		assert.deepEqual(
			results,
			wanted.map((number) => number + 1),
		)
		assert.deepEqual((await list(await open())).data, wanted)
	})

	it('a change that throws is not made, and its error is that of the update', async (open) => {
		const document = await list(await open())
		const own = new Error('of the caller')
		const update = document.update((all) => {
			all.push(1)
			throw own
		})
		await assert.rejects(update, (error) => error === own)
		assert.deepEqual(document.data, [])
		await document.update((all) => void all.push(2))
		assert.deepEqual((await list(await open())).data, [2])
	})

	it('a document tells its watchers of each change, until they leave', async (open) => {
		const document = await list(await open())
		const seen: number[] = []
		const leave = document.watch(() => seen.push(document.data.length))
		await document.update((all) => void all.push(1))
		await document.update((all) => void all.push(2))
		leave()
		await document.update((all) => void all.push(3))
		assert.deepEqual(seen, [1, 2])
	})

	it('an update that changes nothing saves a document that is new', async (open) => {
		const first = await open()
		await (await list(first, 'lists/one')).update(() => {})
		assert.deepEqual(await (await open()).documentsIn('lists'), ['one'])
	})

	it('a document of the wrong shape is damaged', async (open) => {
		const storage = await open()
		const strings = await storage.document('list', () => ['a'], listOf<string>('string'))
		await strings.update(() => undefined)
		await assert.rejects(list(storage), DamagedError)
	})

	it('the documents below a name are those right below it', async (open) => {
		const storage = await open()
		for (const name of ['lists', 'lists/one', 'lists/two', 'lists/two/below', 'listsing/three'])
			await (await list(storage, name)).update((all) => void all.push(1))
		assert.deepEqual((await storage.documentsIn('lists')).sort(), ['one', 'two'])
	})

	it('what is removed is gone with everything below it, and can be made anew', async (open) => {
		const storage = await open()
		for (const name of ['lists/one', 'lists/other'])
			await (await list(storage, name)).update((all) => void all.push(1))
		const record = { collection: 'a', id: 'x', value: 1 }
		await (await storage.state('lists/one/state', () => [record])).close()
		await (await storage.state('lists/other/state', () => [record])).close()
		await storage.remove('lists/one')
		const again = await open()
		assert.deepEqual(await again.documentsIn('lists'), ['other'])
		assert.deepEqual((await list(again, 'lists/one')).data, [])
		const state = await again.state('lists/one/state', () => [])
		assert.deepEqual(await state.ids('a'), [])
		await state.close()
		const other = await again.state('lists/other/state', () => assert.fail('it is gone'))
		assert.deepEqual(await other.ids('a'), ['x'])
		await other.close()
	})
}
