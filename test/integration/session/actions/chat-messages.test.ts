import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const SESSION = '/api/v1/sessions/main'

test('messages of chats', async (t) => {
	const { gateway, owner, ada, sandbox } = await linkedGateway(t)
	const carl = sandbox.phone('491700000003', { name: 'Carl' })
	const group = ada.createsGroup('Team', [owner, carl], { addressing: 'lid' })
	const chat = `${ada.account.phone}@s.whatsapp.net`
	const ask = (method: string, path: string, body?: object) =>
		gateway.request(method, `${SESSION}/${path}`, body)
	const does = async (method: string, path: string, body?: object) => {
		const { status, body: answer, text } = await ask(method, path, body)
		assert.equal(status, 200, `${method} ${path}: ${text}`)
		return answer
	}
	const textsOf = async (query = '', jid = chat) =>
		(await does('GET', `chats/${jid}/messages${query}`)).messages.map(({ text }: any) => text)
	const onPhone = async (jid: string) => (await owner.chats()).find((each) => each.chat === jid)
	for (const text of ['one', 'two', 'three <b>', 'four']) await ada.says(text, { to: owner })
	await until(
		'all have come',
		async () => (await ask('GET', 'chats?unread=true')).body.chats[0]?.unread === 4,
	)
	await does('POST', 'messages/text', { to: chat, text: 'five' })
	const inGroup = await carl.says('to all', { to: group })
	await until(
		'the group has it',
		async () => (await ask('GET', `chats/${group}/messages`)).body.messages?.length === 1,
	)
	await until(
		'the phone has shared its keys',
		async () => (await ask('POST', `chats/${chat}/unpin`)).status === 200,
	)

	await t.test('are listed newest first, page by page, as events have them', async () => {
		assert.deepEqual(await textsOf(), ['five', 'four', 'three <b>', 'two', 'one'])
		const first = await does('GET', `chats/${chat}/messages?limit=2`)
		const rest = await does('GET', `chats/${chat}/messages?limit=2&before=${first.next}`)
		assert.deepEqual(
			rest.messages.map(({ text }: any) => text),
			['three <b>', 'two'],
		)
		assert.deepEqual(await textsOf(`?after=${first.next}`), ['five'])
		const [own, theirs] = first.messages
		assert.deepEqual([own.from_me, own.type, own.chat.id], [true, 'text', chat])
		assert.deepEqual([theirs.sender.name, theirs.from_me], ['Ada', false])
		assert.ok(['sent', 'delivered'].includes(own.stage) && own.times.accepted)
		assert.equal((await does('GET', `chats/${chat}/messages`)).next, null)
	})

	await t.test('are filtered', async () => {
		assert.deepEqual(await textsOf('?from_me=true'), ['five'])
		assert.deepEqual(await textsOf('?type=image'), [])
		assert.deepEqual(await textsOf('?until=1000000000'), [])
		assert.equal((await textsOf('?since=1000000000')).length, 5)
		assert.deepEqual(await textsOf('', group), ['to all'])
	})

	await t.test('are searched, with the words in bold', async () => {
		const { messages, count } = await does('GET', 'messages/search?q=THREE')
		assert.equal(count, 1)
		const [found] = messages
		assert.deepEqual(
			[found.chat_jid, found.direction, found.body, found.snippet, found.session_id],
			[chat, 'in', 'three <b>', '<b>three</b> &lt;b&gt;', 'main'],
		)
		assert.equal((await does('GET', 'messages/search?q=t&limit=1&offset=1')).count, 1)
		assert.equal((await ask('GET', 'messages/search?q=')).status, 400)
	})

	await t.test('name people as events do, also where a group addresses them by LID', async () => {
		const { sender } = (await does('GET', `chats/${group}/messages`)).messages[0]
		assert.equal(sender.id, `${carl.account.phone}@s.whatsapp.net`)
		const [found] = (await does('GET', 'messages/search?q=to all')).messages
		assert.deepEqual([found.chat_jid, found.sender_jid], [group, sender.id])
		assert.equal((await does('GET', `chats/${group}`)).last_message.sender, sender.id)
	})

	await t.test('are searched in all sessions that the key may use', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'other' })
		carl.scans((await gateway.request('GET', '/api/v1/sessions/other/qr')).body.qr)
		await gateway.becomes('other', 'open')
		// WhatsApp's times are whole seconds: what comes within one has no order over sessions.
		const second = () => Math.floor(Date.now() / 1000)
		const before = second()
		await until('the next second begins', () => second() > before)
		await ada.says('three for Carl', { to: carl })
		const search = async (query: string, key?: string) => {
			const headers = key ? { 'x-api-key': key } : undefined
			const path = `/api/v1/messages/search${query}`
			return gateway.request('GET', path, undefined, headers)
		}
		const sessionsOf = (body: any) => body.messages.map(({ session_id }: any) => session_id)
		await until(
			'both are found, the newest first',
			async () => String(sessionsOf((await search('?q=three')).body)) === 'other,main',
		)
		const { body } = await search('?q=three')
		assert.deepEqual([body.count, body.not_searched], [2, []])
		for (const [query, found] of [
			['?q=three&session=main', ['main']],
			['?q=three&limit=1', ['other']],
			['?q=three&limit=1&offset=1', ['main']],
			['?q=nowhere', []],
		] as const)
			assert.deepEqual(sessionsOf((await search(query)).body), found, query)
		const wanted = { name: 'member', role: 'member', sessions: ['main'] }
		const { key } = (await gateway.request('POST', '/api/v1/keys', wanted)).body
		assert.deepEqual(sessionsOf((await search('?q=three', key)).body), ['main'])
		for (const [query, status, field, own] of [
			['?q=three&session=other', 404, undefined, key],
			['?q=three&session=none', 404, undefined, undefined],
			['?q=', 400, 'q', undefined],
			['?q=three&limit=201', 400, 'limit', undefined],
		] as const) {
			const answer = await search(query, own)
			assert.deepEqual([answer.status, answer.body.field], [status, field], query)
		}
	})

	await t.test('are deleted for the account alone', async () => {
		const [{ message_id }] = (await does('GET', 'messages/search?q=two')).messages
		await does('POST', 'messages/delete-for-me', { message_id })
		assert.deepEqual((await onPhone(chat))?.deleted_messages, [message_id])
		assert.ok(!(await textsOf()).includes('two'))
		await does('POST', 'messages/delete-for-me', { message_id: inGroup })
		assert.deepEqual((await onPhone(group))?.deleted_messages, [inGroup])
		const answer = await ask('POST', 'messages/delete-for-me', { message_id: '3EB0FF' })
		assert.deepEqual([answer.status, answer.body.code], [404, 'message_not_found'])
	})

	await t.test('are cleared: the phone knows it, and the list is empty', async () => {
		const startedAt = Math.floor(Date.now() / 1000)
		await does('DELETE', `chats/${chat}/messages`, { keep_starred: false })
		const cleared = await onPhone(chat)
		assert.ok((cleared?.cleared_at ?? 0) >= startedAt)
		assert.deepEqual([cleared?.cleared_starred, cleared?.cleared_files], [true, true])
		assert.equal((await does('GET', `chats/${chat}`)).last_message, null)
		assert.deepEqual(await textsOf(), [])
		assert.equal((await does('GET', 'messages/search?q=four')).count, 0)
		const { body } = await ask('GET', 'events?limit=1000')
		assert.ok(body.events.some(({ data }: any) => data.cleared === true && data.chat.id === chat))
	})

	await t.test(
		'are cleared but for starred ones and files, also where DELETE has no body',
		async () => {
			const noFiles = { delete_media: false }
			await does('POST', `chats/${group}/clear`, noFiles)
			const cleared = await onPhone(group)
			assert.ok(cleared?.cleared_at)
			assert.deepEqual([cleared.cleared_starred, cleared.cleared_files], [false, false])
			assert.deepEqual(await textsOf('', group), [])
		},
	)

	await t.test('a deleted chat is no longer listed; a group must be left first', async () => {
		await does('DELETE', `chats/${chat}`)
		assert.ok((await onPhone(chat))?.deleted_at)
		const ids = (await does('GET', 'chats')).chats.map(({ id }: any) => id)
		assert.ok(!ids.includes(chat), ids)
		const { status, body } = await ask('DELETE', `chats/${group}`)
		assert.deepEqual([status, body.code], [409, 'whatsapp_conflict'])
		const unknown = await ask('GET', 'chats/4930999999/messages')
		assert.deepEqual([unknown.status, unknown.body.code], [404, 'chat_not_found'])
	})
})

test('the phone is asked for older messages', async (t) => {
	const { gateway, owner, ada } = await linkedGateway(t)
	const chat = `${ada.account.phone}@s.whatsapp.net`
	const ask = (method: string, path: string, body?: object) =>
		gateway.request(method, `${SESSION}/${path}`, body)
	await ada.says('now', { to: owner })
	await until(
		'it has come',
		async () => (await ask('GET', `chats/${chat}/messages`)).status === 200,
	)
	// What the phone has from before, and did not give the session when it was linked.
	const { entries } = owner.inbox
	const now = entries.find(({ message }) => message?.conversation === 'now')!
	const older = Array.from({ length: 5 }, (_, n) => ({
		...{ ...now, id: `3AOLD${n}`, timestamp: now.timestamp - 100 + n, seq: 0 },
		message: { conversation: `old ${n}` },
	}))
	entries.unshift(...older)

	const { status, body, text } = await ask('POST', `chats/${chat}/messages/fetch`, { count: 3 })
	assert.equal(status, 200, text)
	assert.deepEqual(
		body.messages.map(({ text }: any) => text),
		['old 4', 'old 3', 'old 2'],
	)
	const more = await ask('POST', `chats/${chat}/messages/fetch`, {})
	assert.deepEqual(
		more.body.messages.map(({ text }: any) => text),
		['old 1', 'old 0'],
	)
	const all = (await ask('GET', `chats/${chat}/messages`)).body.messages
	assert.deepEqual(
		all.map(({ text }: any) => text),
		['now', 'old 4', 'old 3', 'old 2', 'old 1', 'old 0'],
	)
	const { events } = (await ask('GET', 'events?limit=1000')).body
	const told = events.filter(({ type }: any) => type === 'history.messages')
	assert.deepEqual(
		told.map(({ data }: any) => data.request_id),
		[body.request_id, more.body.request_id],
	)
	const unknown = { before_message_id: '3EB0FF' }
	assert.equal((await ask('POST', `chats/${chat}/messages/fetch`, unknown)).status, 404)
	owner.goesOffline()
	const silent = await ask('POST', `chats/${chat}/messages/fetch`, { wait: 1 })
	assert.deepEqual([silent.status, silent.body.code], [504, 'phone_silent'])
})
