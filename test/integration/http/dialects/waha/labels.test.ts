import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'

test('WAHA: labels of a business account', async (t) => {
	const { ask, budiWrites, newKey } = await openWaha(t, { business: true })
	await budiWrites('hello')
	const path = '/api/main/labels'
	const ofBudi = `${path}/chats/${BUDI}`
	const create = (body: object) => ask('POST', path, body)
	const unprocessable = (message: string) => ({
		message,
		error: 'Unprocessable Entity',
		statusCode: 422,
	})

	const { status, body: lead } = await create({ name: 'Lead', colorHex: '#FF9485', color: null })
	assert.equal(status, 201)
	assert.deepEqual(lead, { id: lead.id, name: 'Lead', color: 0, colorHex: '#ff9485' })
	const { body: other } = await create({ name: 'Other', color: 2 })
	assert.deepEqual([other.color, other.colorHex], [2, '#ffd429'])

	const refused: [body: object, status: number, message: RegExp][] = [
		[
			{ name: 'Lead', color: 1 },
			422,
			new RegExp(`^Label with 'Lead' already exists, id: ${lead.id}$`),
		],
		[{ name: 'Both', color: 1, colorHex: '#64c4ff' }, 422, /not both/],
		[{ name: 'Neither' }, 422, /color/],
		[{ name: 'Neither', color: null, colorHex: '' }, 422, /color/],
		[{ name: 'Strange', colorHex: '#123456' }, 422, /#ff9485/],
		[{ name: 'Strange', color: 20 }, 422, /#ff9485/],
		[{ name: 'Strange', color: -1 }, 422, /#ff9485/],
		[{ color: 1 }, 400, /^name /],
		[{ name: 5, color: 1 }, 400, /^name /],
	]
	for (const [body, status, message] of refused)
		await t.test(`refused: ${JSON.stringify(body)}`, async () => {
			const answer = await create(body)
			assert.equal(answer.status, status)
			assert.match([answer.body.message].flat()[0], message)
			assert.equal((await ask('GET', path)).body.length, 2)
		})

	await t.test('a label is renamed, also to its own name', async () => {
		for (const name of ['Lead', 'Client']) {
			const { status, body } = await ask('PUT', `${path}/${lead.id}`, { name, color: 1 })
			assert.deepEqual([status, body], [200, { id: lead.id, name, color: 1, colorHex: '#64c4ff' }])
		}
		const taken = await ask('PUT', `${path}/${lead.id}`, { name: 'Other', color: 1 })
		assert.deepEqual(
			[taken.status, taken.body],
			[422, unprocessable(`Label with 'Other' already exists, id: ${other.id}`)],
		)
		const unknown = await ask('PUT', `${path}/999`, { name: 'x', color: 1 })
		assert.deepEqual([unknown.status, unknown.body.message], [404, 'Label not found'])
	})

	await t.test('the labels of a chat are set as a whole', async () => {
		const set = async (...ids: unknown[]) =>
			ask('PUT', ofBudi, { labels: ids.map((id) => ({ id })) })
		const labels = async () => (await ask('GET', ofBudi)).body.map(({ id }: any) => id).toSorted()
		for (const wanted of [[lead.id], [lead.id, other.id], [other.id, other.id], []]) {
			const { status, text } = await set(...wanted)
			assert.deepEqual([status, text], [200, ''])
			assert.deepEqual(await labels(), [...new Set(wanted)].toSorted())
		}
		await set(Number(other.id))
		assert.deepEqual(await labels(), [other.id])
		assert.equal((await set('999')).status, 404)
		assert.deepEqual(await labels(), [other.id])
		assert.equal((await ask('PUT', ofBudi, {})).status, 400)
		const nobody = await ask('GET', `${path}/chats/4915100000000@c.us`)
		assert.deepEqual([nobody.status, nobody.body], [200, []])
	})

	await t.test('a label leads to its chats', async () => {
		const { status, body } = await ask('GET', `${path}/${other.id}/chats`)
		assert.deepEqual([status, body.map(({ id }: any) => id)], [200, [BUDI]])
		assert.deepEqual((await ask('GET', `${path}/${lead.id}/chats`)).body, [])
		assert.equal((await ask('GET', `${path}/999/chats`)).status, 404)
	})

	await t.test('WhatsApp has 20 at most', async () => {
		for (let n = 2; n < 20; n++)
			assert.equal((await create({ name: `L${n}`, color: 3 })).status, 201)
		const { status, body } = await create({ name: 'one more', color: 3 })
		assert.deepEqual([status, body.error], [422, 'Unprocessable Entity'])
	})

	await t.test('a label is deleted', async () => {
		const remove = () => ask('DELETE', `${path}/${lead.id}`)
		assert.deepEqual((await remove()).body, { result: true })
		const again = await remove()
		assert.deepEqual([again.status, again.body.message], [404, 'Label not found'])
	})

	await t.test('a key of another session changes nothing', async () => {
		const key = await newKey({ sessions: ['other'] })
		const { status } = await ask('PUT', ofBudi, { labels: [] }, { key })
		assert.equal(status, 403)
		assert.equal((await ask('GET', ofBudi)).body.length, 1)
	})
})
