import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../../support/media/fixtures.ts'
import { until } from '../../../../support/wait.ts'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'
const SARI = '628987654321@c.us'

test('WAHA: the messages that are kept', async (t) => {
	const { ask, budi, budiWrites, decrypted, group, keys, newKey, owner } = await openWaha(t)
	const chat = `/api/main/chats/${BUDI}`

	async function says(text: string, chatId = BUDI): Promise<string> {
		const { status, body } = await ask('POST', '/api/sendText', { session: 'main', chatId, text })
		assert.equal(status, 201)
		return body.id
	}
	async function list(query = '', path = `${chat}/messages`): Promise<any[]> {
		const { status, body, text } = await ask('GET', `${path}?${query}`)
		assert.equal(status, 200, text)
		return body
	}
	const texts = (messages: any[]) => messages.map(({ body }) => body)

	const first = await says('first')
	const heard = await budiWrites('from Budi')
	const toSari = await says('to Sari', SARI)
	const inGroup = await says('in the group', group)
	const last = await says('last')

	await t.test('a chat is listed, the newest first', async () => {
		const messages = await list()
		assert.deepEqual(texts(messages), ['last', 'from Budi', 'first'])
		const [own, his] = messages
		assert.partialDeepStrictEqual(own, { id: last, from: BUDI, fromMe: true, source: 'api' })
		assert.partialDeepStrictEqual(his, {
			id: `false_${BUDI}_${heard}`,
			...{ from: BUDI, fromMe: false, source: 'app', hasMedia: false, media: null, replyTo: null },
			_data: {
				key: { remoteJid: '628123456789@s.whatsapp.net', fromMe: false, id: heard },
				message: { conversation: 'from Budi' },
				notifyName: 'Budi',
			},
		})
	})

	const now = Math.floor(Date.now() / 1000)
	const queries: [query: string, texts: string[]][] = [
		['limit=2', ['last', 'from Budi']],
		['limit=1&offset=1', ['from Budi']],
		['offset=9', []],
		['limit=&offset=&sortBy=&filter.ack=', ['last', 'from Budi', 'first']],
		['sortOrder=asc', ['first', 'from Budi', 'last']],
		['sortOrder=asc&limit=1&offset=1&sortBy=messageTimestamp', ['from Budi']],
		['filter.fromMe=true', ['last', 'first']],
		['filter.fromMe=False', ['from Budi']],
		[`filter.timestamp.gte=${now + 60}`, []],
		[`filter.timestamp.gte=1700000000&filter.timestamp.lte=${now + 60}&limit=1`, ['last']],
		['filter.timestamp.lte=1700000000', []],
		['filter.ack=PLAYED', []],
		['merge=false&downloadMedia=0', ['last', 'from Budi', 'first']],
	]
	for (const [query, wanted] of queries)
		await t.test(`of a chat with ${query}`, async () => {
			assert.deepEqual(texts(await list(query)), wanted)
		})

	const wrong: [query: string, message: RegExp][] = [
		['filter.ack=SEEN', /^filter\.ack /],
		['filter.fromMe=perhaps', /^filter\.fromMe /],
		['filter.timestamp.gte=yesterday', /^filter\.timestamp\.gte /],
		['limit=many', /^limit /],
		['limit=100000', /^limit must not be greater than 10000/],
		['sortOrder=up', /^sortOrder /],
	]
	for (const [query, message] of wrong)
		await t.test(`refused: ${query}`, async () => {
			const { status, body } = await ask('GET', `${chat}/messages?${query}`)
			assert.deepEqual([status, body.error, body.statusCode], [400, 'Bad Request', 400])
			assert.match(body.message[0], message)
		})

	await t.test('a list may be filtered by how far messages have got', async () => {
		await until('Budi has the message', async () => {
			const { body } = await ask('GET', `${chat}/messages/${last}`)
			return body.ackName === 'DEVICE'
		})
		assert.ok(texts(await list('filter.ack=DEVICE&filter.fromMe=1')).includes('last'))
	})

	await t.test('a chat has one list, whatever it is called', async () => {
		const { phone, lid } = budi.account
		for (const name of [phone, `%2B${phone}`, `${phone}%40c.us`, `${lid}@lid`]) {
			const messages = await list('limit=1', `/api/main/chats/${name}/messages`)
			assert.deepEqual(texts(messages), ['last'], name)
		}
		assert.deepEqual(await list('', '/api/main/chats/4915100000000@c.us/messages'), [])
		const { status } = await ask('GET', '/api/main/chats/nobody/messages')
		assert.equal(status, 400)
	})

	await t.test('all chats make one list', async () => {
		const all = '/api/main/chats/all/messages'
		const everything = ['last', 'in the group', 'to Sari', 'from Budi', 'first']
		assert.deepEqual(texts(await list('', all)).toSorted(), everything.toSorted())
		const times = (await list('', all)).map(({ timestamp }) => timestamp)
		assert.deepEqual(
			times,
			times.toSorted((a, b) => b - a),
		)
		assert.equal((await list('limit=2&offset=1', all)).length, 2)
		const [one] = await list('filter.fromMe=false', all)
		assert.equal(one.body, 'from Budi')
	})

	await t.test('the older path lists the same', async () => {
		const messages = await list(`chatId=${BUDI}&session=main&limit=2`, '/api/messages')
		assert.deepEqual(texts(messages), ['last', 'from Budi'])
		const { status, body } = await ask('GET', '/api/messages?session=main&limit=2')
		assert.deepEqual([status, body.message], [400, ['chatId should not be empty']])
	})

	await t.test('a message is found by any form of its id', async () => {
		const id = first.split('_')[2]!
		const forms = [first, encodeURIComponent(first), id, `true_${budi.account.lid}@lid_${id}`]
		for (const form of forms) {
			const { status, body } = await ask('GET', `${chat}/messages/${form}`)
			assert.deepEqual([status, body?.id, body?.body], [200, first, 'first'], form)
		}
		const { status, body } = await ask('GET', `${chat}/messages/true_${BUDI}_3EB0FFFFFFFF`)
		assert.deepEqual(
			[status, body],
			[404, { message: 'Message not found', error: 'Not Found', statusCode: 404 }],
		)
	})

	await t.test('a message in a group names its author', async () => {
		const { body } = await ask('GET', `/api/main/chats/${group}/messages/${inGroup}`)
		assert.deepEqual([body.from, body.to, body.participant], [group, group, '491700000001@c.us'])
		assert.equal(inGroup, `true_${group}_${body._data.key.id}_491700000001@c.us`)
	})

	await t.test('a file has an address that needs no key, and one that does', async () => {
		const png = (await plain(32, 32).png().toBuffer()).toString('base64')
		const file = { mimetype: 'image/png', data: png }
		const sent = await ask('POST', '/api/sendImage', { session: 'main', chatId: BUDI, file })
		const { body } = await ask('GET', `${chat}/messages/${sent.body.id}`)
		assert.equal(body.media.mimetype, 'image/png')
		const { pathname } = new URL(body.media.url)
		const answer = await ask('GET', pathname, undefined, { key: '' })
		assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/png'])

		const without = await ask('GET', `${chat}/messages/${sent.body.id}?downloadMedia=false`)
		assert.deepEqual([without.body.hasMedia, without.body.media], [true, null])

		const { id } = sent.body.key
		for (const name of [`${id}.png`, `${id}.jpeg`, id, `${sent.body.id}.png`]) {
			const { status, headers } = await ask('GET', `/api/files/main/${name}`)
			assert.deepEqual([status, headers.get('content-type')], [200, 'image/png'], name)
		}
		const byQuery = await ask(
			'GET',
			`/api/files/main/${id}.png?x-api-key=${keys.admin}`,
			undefined,
			{
				key: '',
			},
		)
		assert.equal(byQuery.status, 200)
		const head = await ask('HEAD', `/api/files/main/${id}.png`)
		assert.deepEqual([head.status, head.text], [200, ''])
		for (const key of ['', keys.other])
			assert.ok(
				[401, 403].includes(
					(await ask('GET', `/api/files/main/${id}.png`, undefined, { key })).status,
				),
			)
	})

	await t.test('a file that is not there is said to be gone', async () => {
		for (const id of ['3EB0FFFFFFFFFFFFFFFF', first.split('_')[2]]) {
			const { status, body } = await ask('GET', `/api/files/main/${id}.jpeg`)
			assert.deepEqual([status, body.error.code, body.error.key], [404, 404, 'FILE_NOT_FOUND'])
		}
	})

	await t.test('an edit reaches the phone', async () => {
		const { status, body } = await ask('PUT', `${chat}/messages/${last}`, {
			text: 'edited',
			linkPreview: true,
		})
		assert.equal(status, 200)
		assert.deepEqual([body.key.fromMe, body.key.remoteJid], [true, '628123456789@s.whatsapp.net'])
		const { message } = await decrypted(body.key.id)
		assert.equal(message?.protocolMessage?.key?.id, last.split('_')[2])
		assert.equal((await ask('GET', `${chat}/messages/${last}`)).body.body, 'edited')
		const refused = await ask('PUT', `${chat}/messages/${last}`, { text: '' })
		assert.equal(refused.status, 400)
		const others = await ask('PUT', `${chat}/messages/false_${BUDI}_${heard}`, { text: 'x' })
		assert.equal(others.status, 400)
		assert.match(others.body.message[0], /messageId/)
	})

	await t.test('a pin reaches the phone, and is taken back', async () => {
		const bare = first.split('_')[2]!
		for (const [path, id, body] of [
			['pin', first, { duration: 86400 }],
			['pin', bare, { duration: 2592000 }],
			['unpin', first, undefined],
		] as const) {
			const answer = await ask('POST', `${chat}/messages/${id}/${path}`, body)
			assert.deepEqual([answer.status, answer.body], [201, { success: true }], answer.text)
		}
		const pinned = await budi.receives(({ message }) => message?.pinInChatMessage?.type === 2)
		assert.equal(pinned.message?.pinInChatMessage?.key?.id, bare)
		const { status, body } = await ask('POST', `${chat}/messages/${first}/pin`, { duration: 5 })
		assert.deepEqual([status, body.statusCode], [400, 400])
		assert.match(body.message[0], /^duration /)
	})

	await t.test('unread messages are marked as read', async () => {
		const id = await budiWrites('read me')
		const { status, body } = await ask('POST', `${chat}/messages/read?messages=1&days=1`)
		assert.deepEqual([status, body], [201, { ids: [`false_${BUDI}_${id}`] }])
		const nothing = await ask('POST', `/api/main/chats/${SARI}/messages/read`)
		assert.deepEqual([nothing.status, nothing.body], [201, { ids: [] }])
	})

	await t.test('a message is deleted for everyone by a key that may delete', async () => {
		const { body: sent } = await ask('POST', '/api/sendText', {
			session: 'main',
			chatId: BUDI,
			text: 'wrong',
		})
		const { status, body } = await ask('DELETE', `${chat}/messages/${sent.id}`)
		assert.equal(status, 200)
		const { message } = await decrypted(body.key.id)
		assert.equal(message?.protocolMessage?.key?.id, sent.key.id)
		assert.equal(message?.protocolMessage?.type ?? 0, 0)
		const others = await ask('DELETE', `${chat}/messages/false_${BUDI}_${heard}`)
		assert.equal(others.status, 400)
	})

	await t.test('a client that says JSON and sends nothing marks messages as read', async () => {
		const json = { 'content-type': 'application/json', accept: 'application/json' }
		const { status, body } = await ask(
			'POST',
			`${chat}/messages/read?messages=&days=`,
			undefined,
			json,
		)
		assert.equal(status, 201)
		assert.ok(body.ids.includes(`false_${BUDI}_${heard}`))
	})

	await t.test(
		'what the phone sends is not of the API, and an answer names what it answers',
		async () => {
			const id = await owner.says('by phone', { to: budi })
			const answer = await budi.says('an answer', { to: owner, replyTo: first.split('_')[2]! })
			await until('both are there', async () =>
				(await list('limit=2')).some((one) => one.id.endsWith(answer)),
			)
			const messages = await list('limit=10')
			const own = messages.find((one) => one.id === `true_${BUDI}_${id}`)
			assert.deepEqual(
				[own.source, own.fromMe, own.from, own.body],
				['app', true, BUDI, 'by phone'],
			)
			const his = messages.find((one) => one.id === `false_${BUDI}_${answer}`)
			assert.partialDeepStrictEqual(his.replyTo, {
				id: first.split('_')[2],
				participant: `${owner.account.phone}@c.us`,
				body: 'first',
			})
		},
	)

	await t.test('statuses are a chat of their own', async () => {
		const id = await budi.posts({ conversation: 'on holiday' }, [owner])
		const path = '/api/main/chats/status@broadcast/messages'
		await until('the status is there', async () => (await list('', path)).length === 1)
		const [status] = await list('', path)
		assert.deepEqual(
			[status.id, status.from, status.participant],
			[`false_status@broadcast_${id}_${BUDI}`, 'status@broadcast', BUDI],
		)
	})

	await t.test('a key of another session sees nothing', async () => {
		const key = await newKey({ sessions: ['other'] })
		for (const path of [`${chat}/messages`, `${chat}/messages/${first}`, '/api/main/chats'])
			assert.equal((await ask('GET', path, undefined, { key })).status, 403, path)
	})

	assert.ok(toSari)
})
