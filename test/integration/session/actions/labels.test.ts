import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { linkedGateway, openGateway, openSandbox } from '../../../support/gateway/gateway.ts'
import { openReceiver } from '../../../support/gateway/receiver.ts'
import { until } from '../../../support/wait.ts'

const SESSION = '/api/v1/sessions/main'

/** A gateway whose account has the business app. */
async function openWorld(t: TestContext) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	owner.account.business = true
	// The phone has a label already: the session learns of it in silence.
	await owner.appState.changes({ addLabel: { id: '3', name: 'Old', color: 4 } })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	owner.scans((await gateway.request('GET', `${SESSION}/qr`)).body.qr)
	await gateway.becomes('main', 'open')
	const receiver = await openReceiver(t)
	const ask = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
		gateway.request(method, `${SESSION}/${path}`, body, headers)
	await ask('POST', 'webhooks', { url: receiver.url, events: ['*'] })
	const message = await ada.says('hello', { to: owner })
	await receiver.gets(({ event }) => event.data.message_id === message)
	const labels = async () => (await ask('GET', 'labels')).body.labels as any[]
	await until('what was there before is known', async () => (await labels()).length === 1)
	return {
		...{ sandbox, owner, ada, gateway, receiver, ask, labels, message },
		does: async (method: string, path: string, body?: object) => {
			const { status, body: answer, text } = await ask(method, path, body)
			assert.equal(status, 200, `${method} ${path}: ${text}`)
			return answer
		},
		hears: async (type: string, told: object) =>
			(
				await receiver.gets(
					({ event }) =>
						event.type === type &&
						Object.entries(told).every(([field, value]) => event.data[field] === value),
				)
			).event.data,
		/** How often something was told, by the event log. */
		told: async (type: string) =>
			(await ask('GET', 'events?limit=1000')).body.events.filter((each: any) => each.type === type)
				.length,
	}
}

test('labels of a business account', async (t) => {
	const { owner, ada, ask, does, hears, told, labels, message } = await openWorld(t)
	const chat = `${ada.account.phone}@s.whatsapp.net`
	const labelsOf = async () =>
		(await owner.chats()).find((each) => each.chat === chat)?.labels ?? []
	let id = ''

	await t.test('what the account had before is listed, and was told nobody', async () => {
		assert.equal(await told('label.edited'), 0)
		const [old] = await labels()
		assert.deepEqual(old, {
			...{ label_id: '3', name: 'Old', color: 4, color_hex: '#99b6c1', chats: 0, messages: 0 },
		})
	})

	await t.test(
		'one is created once per idempotency key: the phone has it, webhooks hear of it',
		async () => {
			const body = { name: 'New customer' }
			const headers = {
				'x-api-key': 'an-admin-key-for-tests-only',
				'content-type': 'application/json',
			}
			const once = { ...headers, 'idempotency-key': 'label-1' }
			const created = await ask('POST', 'labels', body, once)
			assert.equal(created.status, 200, created.text)
			assert.deepEqual((await ask('POST', 'labels', body, once)).body, created.body)
			id = created.body.label_id
			assert.deepEqual(
				{ ...created.body, color_hex: null },
				{ label_id: '4', name: 'New customer', color: 0, color_hex: null, chats: 0, messages: 0 },
			)
			assert.deepEqual(
				(await owner.labels()).map(({ label_id, name, color }) => [label_id, name, color]),
				[
					['3', 'Old', 4],
					['4', 'New customer', 0],
				],
			)
			await hears('label.edited', { label_id: id, name: 'New customer', deleted: false })
		},
	)

	await t.test('a changed one keeps what is not said', async () => {
		assert.equal((await does('PUT', `labels/${id}`, { color: 7 })).name, 'New customer')
		assert.equal((await does('PUT', `labels/${id}`, { name: 'Regular' })).color, 7)
		const [found] = (await owner.labels()).filter(({ label_id }) => label_id === id)
		assert.deepEqual([found?.name, found?.color], ['Regular', 7])
		await hears('label.edited', { label_id: id, name: 'Regular', color: 7 })
		const before = await told('label.edited')
		await does('PUT', `labels/${id}`, { name: 'Regular' })
		assert.equal(await told('label.edited'), before)
	})

	await t.test('a chat gets labels and loses them', async () => {
		await does('PUT', `chats/${chat}/labels/${id}`)
		assert.deepEqual(await labelsOf(), [id])
		await hears('label.assigned', { label_id: id, assigned: true, message_id: null })
		assert.equal((await does('GET', `labels/${id}/chats`)).chats[0].id, chat)
		assert.equal((await does('GET', `chats?label=${id}`)).total, 1)
		const stored = () => owner.account.appState!.regular!.length
		const before = stored()
		await does('PUT', `chats/${chat}/labels`, { labels: ['3'] })
		assert.equal(stored(), before + 1, 'both changes are one patch')
		assert.deepEqual(await labelsOf(), ['3'])
		const { labels: its } = await does('GET', `chats/${chat}/labels`)
		assert.deepEqual(
			its.map(({ label_id }: { label_id: string }) => label_id),
			['3'],
		)
		await hears('label.assigned', { label_id: id, assigned: false })
		await does('DELETE', `chats/${chat}/labels/3`)
		assert.deepEqual(await labelsOf(), [])
	})

	await t.test('a message gets a label and loses it', async () => {
		await does('PUT', `messages/${message}/labels/${id}`)
		const onPhone = async () =>
			(await owner.labels()).find(({ label_id }) => label_id === id)?.messages
		assert.deepEqual(await onPhone(), [message])
		await hears('label.assigned', { label_id: id, message_id: message, assigned: true })
		assert.equal((await labels()).find(({ label_id }) => label_id === id).messages, 1)
		await does('DELETE', `messages/${message}/labels/${id}`)
		assert.deepEqual(await onPhone(), [])
	})

	await t.test('what the phone does is told and listed', async () => {
		await owner.appState.changes({ addLabel: { id: '9', name: 'By phone', color: 1 } })
		await hears('label.edited', { label_id: '9', name: 'By phone' })
		await owner.appState.changes({ addChatLabel: { labelId: '9' } }, chat)
		await hears('label.assigned', { label_id: '9', assigned: true })
		assert.deepEqual((await does('GET', `chats/${chat}`)).labels, ['9'])
		await owner.appState.changes(
			{ addLabel: { id: '9', name: 'By phone', color: 1, deleted: true } },
			'',
		)
		await hears('label.edited', { label_id: '9', deleted: true })
		assert.deepEqual((await does('GET', `chats/${chat}`)).labels, [])
	})

	await t.test('a deleted one is gone, and its id is not used again', async () => {
		await does('DELETE', `labels/${id}`)
		await hears('label.edited', { label_id: id, deleted: true })
		assert.deepEqual(
			(await owner.labels()).map(({ label_id }) => label_id),
			['3'],
		)
		assert.equal((await does('POST', 'labels', { name: 'Next' })).label_id, '10')
	})

	await t.test('one is created with its color', async () => {
		const { label_id: colored } = await does('POST', 'labels', { name: 'Colored', color: 11 })
		const shown = (await owner.labels()).find(({ label_id }) => label_id === colored)
		assert.equal(shown?.color, 11)
		await does('DELETE', `labels/${colored}`)
	})

	await t.test('unknown labels, taken names and too many labels are refused', async () => {
		for (const [method, path, body, status, code] of [
			['PUT', 'labels/77', { name: 'x' }, 404, 'label_not_found'],
			['DELETE', `labels/${id}`, undefined, 404, 'label_not_found'],
			['GET', 'labels/77/chats', undefined, 404, 'label_not_found'],
			['PUT', `chats/${chat}/labels/77`, undefined, 404, 'label_not_found'],
			['PUT', `chats/${chat}/labels`, { labels: ['3', '77'] }, 404, 'label_not_found'],
			['PUT', 'chats/4930999999/labels/3', undefined, 404, 'chat_not_found'],
			['PUT', 'messages/3EB0FF/labels/3', undefined, 404, 'message_not_found'],
			['POST', 'labels', { name: 'old' }, 409, 'name_taken'],
			['POST', 'labels', { name: '' }, 400, 'invalid_request'],
			['PUT', 'labels/3', {}, 400, 'invalid_request'],
			['POST', 'labels', { name: 'x', color: 20 }, 400, 'invalid_request'],
		] as const) {
			const answer = await ask(method, path, body)
			assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text)
		}
		for (let n = (await labels()).length; n < 20; n++)
			await does('POST', 'labels', { name: `L${n}` })
		const { status, body } = await ask('POST', 'labels', { name: 'one too many' })
		assert.deepEqual([status, body.code], [409, 'whatsapp_limit_reached'])
	})
})

test('an account without the business app has no labels', async (t) => {
	const { gateway } = await linkedGateway(t)
	assert.deepEqual((await gateway.request('GET', `${SESSION}/labels`)).body.labels, [])
	const { status, body } = await gateway.request('POST', `${SESSION}/labels`, { name: 'x' })
	assert.deepEqual([status, body.code], [409, 'not_business'])
})
