import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../../../support/wait.ts'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'
const SARI = '628987654321@c.us'

test('WAHA: chats', async (t) => {
	const { ask, budi, budiWrites, gateway, group } = await openWaha(t)
	const says = async (chatId: string, text: string) =>
		(await ask('POST', '/api/sendText', { session: 'main', chatId, text })).body
	const known = async (jid: string) =>
		(await gateway.request('GET', `/api/v1/sessions/main/chats/${jid}`)).body
	const ids = (chats: any[]) => chats.map(({ id }) => id)

	await budiWrites('hello')
	await says(SARI, 'to Sari')
	await says(group, 'to all')

	await t.test('the chats are listed with what is known of them', async () => {
		const { status, body } = await ask('GET', '/api/main/chats?sortBy=&limit=&offset=&sortOrder=')
		assert.equal(status, 200)
		assert.deepEqual(ids(body).toSorted(), [BUDI, SARI, group].toSorted())
		const his = body.find(({ id }: any) => id === BUDI)
		assert.partialDeepStrictEqual(his, { name: 'Budi', unreadCount: 1, archived: false })
		assert.equal(typeof his.conversationTimestamp, 'number')
		assert.equal(body.find(({ id }: any) => id === group).name, 'Team')
	})

	const byId = [group, BUDI, SARI].toSorted((a, b) => a.localeCompare(b))
	const lists: [query: string, ids: string[]][] = [
		['sortBy=id', byId],
		['sortBy=id&sortOrder=desc', byId.toReversed()],
		['sortBy=id&limit=1&offset=1', [byId[1]!]],
		['sortBy=name', [BUDI, SARI, group]],
		['sortBy=id&offset=9', []],
	]
	for (const [query, wanted] of lists)
		await t.test(`chats with ${query}`, async () => {
			const { body } = await ask('GET', `/api/main/chats?${query}`)
			const named = query.includes('name') ? body.filter(({ id }: any) => id !== SARI) : body
			const expected = query.includes('name') ? wanted.filter((id) => id !== SARI) : wanted
			assert.deepEqual(ids(named), expected)
		})

	await t.test('chats are sorted by time in both orders', async () => {
		for (const sortBy of ['conversationTimestamp', 'messageTimestamp'])
			for (const order of ['asc', 'desc']) {
				const { body } = await ask('GET', `/api/main/chats?sortBy=${sortBy}&sortOrder=${order}`)
				const times = body.map((chat: any) => chat.conversationTimestamp)
				const sign = order === 'asc' ? 1 : -1
				assert.deepEqual(
					times,
					times.toSorted((a: number, b: number) => sign * (a - b)),
				)
			}
	})

	await t.test('a sort order that does not exist is refused', async () => {
		const { status, body } = await ask('GET', '/api/main/chats?sortBy=colour')
		assert.deepEqual([status, body.error], [400, 'Bad Request'])
		assert.match(body.message[0], /^sortBy /)
	})

	await t.test('an overview shows the last message and the picture', async () => {
		budi.profile.setsPicture(Buffer.from('ffd8ffe0', 'hex'))
		const { status, body } = await ask('GET', `/api/main/chats/overview?ids=${BUDI}&ids=${group}`)
		assert.equal(status, 200)
		assert.deepEqual(ids(body).toSorted(), [BUDI, group].toSorted())
		const his = body.find(({ id }: any) => id === BUDI)
		assert.match(his.picture, /^https:/)
		assert.partialDeepStrictEqual(his, {
			name: 'Budi',
			lastMessage: { body: 'hello', from: BUDI, fromMe: false, media: null },
			_chat: { id: BUDI },
		})
		const { body: page } = await ask('GET', '/api/main/chats/overview?limit=1&offset=1')
		assert.equal(page.length, 1)
	})

	await t.test('an overview may be asked for in a body', async () => {
		const { status, body } = await ask('POST', '/api/main/chats/overview', {
			pagination: { limit: 5, offset: 0, merge: true },
			filter: { ids: [`${budi.account.lid}@lid`] },
		})
		assert.deepEqual([status, ids(body)], [201, [BUDI]])
		const all = await ask('POST', '/api/main/chats/overview', { pagination: {}, filter: null })
		assert.equal(all.body.length, 3)
		const none = await ask('POST', '/api/main/chats/overview', {})
		assert.deepEqual([none.status, none.body.message], [400, ['pagination should not be empty']])
	})

	await t.test('a picture is remembered until it changes, or is asked for again', async () => {
		const urlOf = async (query = '') =>
			(await ask('GET', `/api/main/chats/${BUDI}/picture${query}`)).body.url
		const before = await urlOf()
		assert.match(before, /^https:/)
		budi.profile.setsPicture(Buffer.from('ffd8ffe1', 'hex'))
		const fresh = await urlOf('?refresh=true')
		assert.notEqual(fresh, before)
		assert.equal(await urlOf('?refresh=false'), fresh)
		const { status, body } = await ask('GET', `/api/main/chats/${group}/picture`)
		assert.deepEqual([status, body], [200, { url: null }])
		assert.equal((await ask('GET', '/api/main/chats/nobody/picture')).status, 400)
	})

	await t.test('a chat is archived, taken back and marked as unread', async () => {
		const does = async (verb: string) => {
			const { status, body } = await ask('POST', `/api/main/chats/${BUDI}/${verb}`)
			assert.deepEqual([status, body], [201, { success: true }], verb)
		}
		await does('archive')
		await until('it is archived', async () => (await known(BUDI)).archived)
		await does('unarchive')
		await until('it is not archived', async () => !(await known(BUDI)).archived)
		await does('unread')
		await until('it is unread', async () => (await known(BUDI)).marked_unread)
		const unknown = await ask('POST', '/api/main/chats/4915100000000@c.us/archive')
		assert.equal(unknown.status, 404)
	})

	await t.test('a chat is cleared, and deleted', async () => {
		const messages = async (chat: string) =>
			(await ask('GET', `/api/main/chats/${chat}/messages`)).body
		const [{ id }] = await messages(SARI)
		assert.equal((await ask('DELETE', `/api/main/chats/${SARI}/messages`)).status, 200)
		assert.deepEqual(await messages(SARI), [])
		assert.equal((await ask('GET', `/api/main/chats/${SARI}/messages/${id}`)).status, 404)
		assert.equal((await ask('DELETE', `/api/main/chats/${SARI}`)).status, 200)
		assert.ok(!ids((await ask('GET', '/api/main/chats')).body).includes(SARI))
		// A group must be left before.
		assert.equal((await ask('DELETE', `/api/main/chats/${group}`)).status, 422)
	})

	await t.test('an unknown session and one that is not linked are told as WAHA does', async () => {
		const { status, body } = await ask('GET', '/api/none/chats')
		assert.deepEqual(
			[status, body],
			[422, { error: 'Session "none" does not exist', session: 'none' }],
		)
		await ask('POST', '/api/sessions', { name: 'idle', start: false })
		const { body: stopped } = await ask('GET', '/api/idle/chats')
		assert.partialDeepStrictEqual(stopped, {
			session: 'idle',
			status: 'STOPPED',
			expected: ['WORKING'],
		})
	})
})
