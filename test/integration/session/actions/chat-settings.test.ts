import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { openReceiver } from '../../../support/gateway/receiver.ts'
import { until } from '../../../support/wait.ts'

const SESSION = '/api/v1/sessions/main'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, owner, ada, sandbox } = world
	const receiver = await openReceiver(t)
	const ask = async (method: string, path: string, body?: object) =>
		gateway.request(method, `${SESSION}/${path}`, body)
	await ask('POST', 'webhooks', { url: receiver.url, events: ['*'] })
	const carl = sandbox.phone('491700000003', { name: 'Carl', addressing: 'lid' })
	const group = ada.createsGroup('Team', [owner, carl])
	const ids: Record<string, string> = {}
	for (const [from, to] of [
		[ada, owner],
		[carl, owner],
		[ada, group],
	] as const) {
		const id = await from.says(`hello ${to === group ? 'all' : ''}`, { to })
		await receiver.gets(({ event }) => event.data.message_id === id)
		ids[to === group ? 'group' : from.account.phone] = id
	}
	// The phone shares its keys some time after it was linked, and then all that was set before.
	const person = `${ada.account.phone}@s.whatsapp.net`
	await until('the phone has shared its keys', async () => {
		const { status } = await ask('POST', `chats/${person}/unpin`)
		return status === 200
	})
	return {
		...world,
		carl,
		group,
		ids,
		person,
		receiver,
		ask,
		does: async (path: string, body?: object) => {
			const { status, body: answer, text } = await ask('POST', path, body)
			assert.deepEqual([status, answer], [200, { success: true }], `${path}: ${text}`)
		},
		/** The chat as the owner's phone shows it. */
		onPhone: async (chat: string) => (await owner.chats()).find((each) => each.chat === chat),
		ofApi: async (chat: string) => (await ask('GET', `chats/${chat}`)).body,
		/** Waits for what the webhook hears of a chat. */
		hears: async (chat: string, told: object) =>
			(
				await receiver.gets(
					({ event }) =>
						event.type === 'chat.updated' &&
						event.data.chat.id === chat &&
						Object.entries(told).every(([field, value]) => event.data[field] === value),
				)
			).event,
	}
}

type World = Awaited<ReturnType<typeof openWorld>>

const soon = () => Math.floor(Date.now() / 1000) + 3_600

/** A request, what phone and API show of the chat after it, and what webhooks hear. */
const cases = (until: number) =>
	[
		['archive', undefined, { archived: true }, { archived: true }],
		['unarchive', undefined, { archived: false }, { archived: false }],
		['mute', { until }, { muted_until: until }, { muted_until: until }],
		['unmute', undefined, { muted_until: null }, { muted_until: null }],
		['mute', undefined, { muted_until: -1 }, { muted_until: -1 }],
		['pin', undefined, { pinned: true }, { pinned: true }],
		['unpin', undefined, { pinned: false }, { pinned: false }],
		['unread', undefined, { marked_unread: true }, { marked_unread: true }],
		['read', undefined, { marked_unread: false }, { marked_unread: false }],
	] as const

/** What a person does on the phone. */
const phoneCases = (until: number) =>
	[
		[{ archived: true }, { archived: true }],
		[{ archived: false }, { archived: false }],
		[{ muted_until: until }, { muted_until: until }],
		[{ muted_until: null }, { muted_until: null }],
		[{ pinned: true }, { pinned: true }],
		[{ pinned: false }, { pinned: false }],
		[{ unread: true }, { marked_unread: true }],
		[{ unread: false }, { marked_unread: false }],
		[{ locked: true }, { locked: true }],
		[{ locked: false }, { locked: false }],
	] as const

const fieldsOf = (shown: object, all: any) =>
	Object.fromEntries(Object.keys(shown).map((field) => [field, all?.[field]]))

test('settings of chats', async (t) => {
	const world = await openWorld(t)
	const { ada, carl, owner, group, ids, person, sandbox } = world
	const { ask, does, onPhone, ofApi, hears, receiver } = world
	const chats = {
		person: person,
		'a person with a LID': `${carl.account.phone}@s.whatsapp.net`,
		group,
	}

	for (const [name, chat] of Object.entries(chats))
		await t.test(
			`the API sets them in the chat with ${name}: phone and webhooks see it`,
			async () => {
				for (const [verb, body, shown, told] of cases(soon())) {
					await does(`chats/${chat}/${verb}`, body)
					assert.deepEqual(fieldsOf(shown, await onPhone(chat)), shown, verb)
					assert.deepEqual(fieldsOf(shown, await ofApi(chat)), shown, verb)
					const { data } = await hears(chat, told)
					assert.deepEqual([data.from_me, data.by.phone], [true, owner.account.phone])
				}
				await does(`chats/${chat}/unmute`)
			},
		)

	await t.test('the phone sets them: the API and webhooks see it', async () => {
		for (const [said, told] of phoneCases(soon() + 60)) {
			const seen = receiver.posts.length
			const answer = await controls(world, `phones/${owner.account.phone}/chats`, {
				to: person,
				...said,
			})
			assert.equal(answer.status, 200, await answer.clone().text())
			await until(`webhooks hear of ${JSON.stringify(told)}`, () =>
				receiver.posts
					.slice(seen)
					.some(
						({ event: { type, data } }) =>
							type === 'chat.updated' && data.chat.id === person && fits(told, data),
					),
			)
			assert.deepEqual(fieldsOf(told, await ofApi(person)), told)
		}
	})

	await t.test('what is so already is told nobody again', async () => {
		const pins = async () => {
			const { body } = await ask('GET', 'events?limit=1000')
			return body.events.filter(
				({ type, data }: any) => type === 'chat.updated' && data.chat.id === person && data.pinned,
			).length
		}
		const before = await pins()
		await does(`chats/${person}/pin`)
		await does(`chats/${person}/pin`)
		await controls(world, `phones/${owner.account.phone}/chats`, { to: person, pinned: true })
		await controls(world, `phones/${owner.account.phone}/chats`, { to: person, archived: true })
		await hears(person, { archived: true })
		assert.equal(await pins(), before + 1)
		await does(`chats/${person}/unpin`)
		await does(`chats/${person}/unarchive`)
	})

	await t.test('a pinned chat that is archived is no longer pinned, in one patch', async () => {
		await does(`chats/${person}/pin`)
		const stored = () => owner.account.appState!.regular_low!.length
		const before = stored()
		await does(`chats/${person}/archive`)
		assert.equal(stored(), before + 1)
		const { archived, pinned } = (await onPhone(person))!
		assert.deepEqual({ archived, pinned }, { archived: true, pinned: false })
		await does(`chats/${person}/unarchive`)
	})

	await t.test('a fourth chat is not pinned', async () => {
		const others = ['491700000011', '491700000012', '491700000013']
		for (const phone of others) {
			const id = await sandbox.phone(phone).says('hi', { to: owner })
			await receiver.gets(({ event }) => event.data.message_id === id)
			await does(`chats/${phone}/pin`)
		}
		const { status, body } = await ask('POST', `chats/${person}/pin`)
		assert.deepEqual([status, body.code], [409, 'whatsapp_limit_reached'])
		for (const phone of others) await does(`chats/${phone}/unpin`)
	})

	await t.test(
		'authors see that a chat was read, and the count of unread messages is gone',
		async () => {
			const isRead = (id: string) =>
				ada.receipts.some((each) => each.id === id && each.type === 'read')
			assert.ok(!isRead('none'))
			const id = await ada.says('read me', { to: owner })
			await receiver.gets(({ event }) => event.data.message_id === id)
			assert.equal((await ofApi(person)).unread, 1)
			assert.ok(!isRead(id))
			await does(`chats/${person}/read`)
			await until('Ada sees it', () => isRead(id))
			assert.equal((await ofApi(person)).unread, 0)
			const next = await ada.says('not me', { to: owner })
			await receiver.gets(({ event }) => event.data.message_id === next)
			await does(`chats/${person}/read`, { messages: 0 })
			assert.ok(!isRead(next))
			assert.ok(isRead(ids[ada.account.phone]!))
		},
	)

	await t.test('chats are filtered by their state', async () => {
		await does(`chats/${group}/mute`)
		await does(`chats/${person}/archive`)
		await does(`chats/${carl.account.phone}/unread`)
		await does(`chats/${carl.account.phone}/pin`)
		for (const [query, expected] of [
			['archived=true', person],
			['muted=true', group],
			['unread=true&type=person&search=Carl', `${carl.account.phone}@s.whatsapp.net`],
			['type=group', group],
			['pinned=true', `${carl.account.phone}@s.whatsapp.net`],
		] as const) {
			const { body } = await ask('GET', `chats?${query}`)
			assert.deepEqual(
				body.chats.map(({ id }: { id: string }) => id),
				[expected],
				query,
			)
		}
		await does(`chats/${person}/unarchive`)
		await does(`chats/${carl.account.phone}/unpin`)
	})

	await t.test('unknown chats, wrong values and groups of others are refused', async () => {
		const theirs = ada.createsGroup('Theirs', [carl])
		for (const [method, path, body, status, code] of [
			['GET', 'chats/4930999999', undefined, 404, 'chat_not_found'],
			['POST', 'chats/4930999999/archive', undefined, 404, 'chat_not_found'],
			['POST', `chats/${theirs}/archive`, undefined, 403, 'whatsapp_forbidden'],
			['POST', 'chats/Ann/pin', undefined, 400, 'invalid_recipient'],
			['POST', `chats/${person}/mute`, { seconds: 0 }, 400, 'invalid_request'],
			['POST', `chats/${person}/mute`, { until: 1_000_000_000 }, 400, 'invalid_request'],
			['POST', `chats/${person}/mute`, { seconds: 9, until: 9e9 }, 400, 'invalid_request'],
			['POST', `chats/${person}/read`, { messages: 101 }, 400, 'invalid_request'],
			['GET', 'chats?type=robot', undefined, 400, 'invalid_request'],
		] as const) {
			const answer = await ask(method, path, body)
			assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text)
		}
	})

	await t.test(
		'a state that was told once outlives a restart, and what came meanwhile is told',
		async () => {
			await does(`chats/${group}/pin`)
			const before = await ofApi(group)
			await ask('POST', 'disconnect')
			await world.gateway.becomes('main', 'closed')
			assert.deepEqual(await ofApi(group), { ...before, name: null })
			await controls(world, `phones/${owner.account.phone}/chats`, { to: group, pinned: false })
			await ask('POST', 'connect')
			await world.gateway.becomes('main', 'open')
			await until('the pin is gone', async () => !(await ofApi(group)).pinned)
			const { body } = await ask('GET', 'events?limit=1000')
			const last = body.events.findLast(({ type }: { type: string }) => type === 'chat.updated')
			assert.deepEqual([last.data.chat.id, last.data.pinned], [group, false])
		},
	)
})

const fits = (told: object, data: any) =>
	Object.entries(told).every(([field, value]) => data[field] === value)

const controls = ({ sandbox }: World, path: string, body?: object) =>
	Promise.resolve(
		sandbox.control.request(`/${path}`, {
			method: body ? 'POST' : 'GET',
			headers: { 'content-type': 'application/json' },
			...(body && { body: JSON.stringify(body) }),
		}),
	)
