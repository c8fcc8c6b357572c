import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openGateway, openSandbox } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const MESSAGES = '/api/v1/sessions/main/messages'

/** Ada's number gets a new account after she has written, unless she stays. */
async function openWorld(
	t: TestContext,
	{ refuses, hasLids, stays }: { refuses?: number; hasLids?: boolean; stays?: boolean } = {},
) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	if (hasLids) owner.account.lidMigration = { done: true, told: 'both' }
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const { body } = await gateway.request('GET', '/api/v1/sessions/main/qr')
	owner.scans(body.qr)
	await gateway.becomes('main', 'open')
	const events = async () =>
		(await gateway.request('GET', '/api/v1/sessions/main/events?limit=100')).body.events as {
			type: string
			data: any
		}[]
	const id = await ada.says('hello', { to: owner })
	await until('it has come', async () =>
		(await events()).some(({ data }) => data.message_id === id),
	)
	const { directory } = sandbox.whatsapp
	const post = (to: string, text: string) =>
		gateway.request('POST', `${MESSAGES}/text`, { to, text })
	const former = `${ada.account.lid}@lid`
	await post(former, 'to the first account')
	if (!stays) directory.succeed(ada.account)
	ada.account.formerLidsRefusedWith = refuses
	return {
		...{ gateway, sandbox, owner, ada, events, post, former, now: () => `${ada.account.lid}@lid` },
		phone: ada.account.phone,
		/** Where the message with this text was sent. */
		sent: () =>
			sandbox.whatsapp.log
				.list(({ direction, account, device, stanza }) => {
					const isOurs = direction === 'in' && account === owner.account.phone && device !== 0
					return isOurs && stanza.tag === 'message' && !stanza.attrs.category
				})
				.map(({ stanza }) => stanza.attrs.to),
		/** The queries for the LIDs of people. */
		lookUps: () =>
			sandbox.whatsapp.log.list(
				({ direction, stanza }) =>
					direction === 'in' &&
					stanza.attrs.xmlns === 'usync' &&
					JSON.stringify(stanza).includes('"background"'),
			).length,
	}
}

test('a message to an account that is no more makes the gateway look who has the number now', async (t) => {
	const { post, former, now, phone, events, ada, sent, lookUps, gateway, sandbox } =
		await openWorld(t)
	const { status } = await post(former, 'to nobody')
	assert.equal(status, 200, 'WhatsApp has acknowledged it')
	const told = await until('it is told', async () =>
		(await events()).find(({ type }) => type === 'contact.identity'),
	)
	assert.equal(told.data.former_lid, former)
	assert.deepEqual([told.data.contact.phone, told.data.contact.lid], [phone, now()])
	assert.equal(lookUps(), 1)

	const refused = await post(former, 'to nobody either')
	assert.deepEqual(
		[refused.status, refused.body.code, refused.body.field],
		[422, 'recipient_has_new_account', 'to'],
	)
	assert.match(refused.body.detail, new RegExp(phone))
	const count = sent().length
	assert.equal((await post(phone, 'to the new one')).status, 200)
	assert.equal((await post(now(), 'to the new one by its LID')).status, 200)
	await ada.receives('to the new one by its LID')
	assert.equal(sent().length, count + 2, 'the refused one has not left')

	await gateway.stop()
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await again.becomes('main', 'open')
	const later = { to: former, text: 'after a restart' }
	const { body } = await again.request('POST', `${MESSAGES}/text`, later)
	assert.equal(body.code, 'recipient_has_new_account')
})

test('a refused message for a phone number goes to the new account, under the same id and once', async (t) => {
	const { post, former, now, phone, ada, sent } = await openWorld(t, {
		refuses: 400,
		hasLids: true,
	})
	const before = sent().length
	const answers = await Promise.all(['one', 'two'].map((text) => post(phone, text)))
	for (const { status, text } of answers) assert.equal(status, 200, text)
	await ada.receives('two')
	const arrived = ada.inbox.entries.filter(({ id }) =>
		answers.some(({ body }) => body.message_id === id),
	)
	assert.deepEqual(
		arrived.map(({ id, copies }) => [id, copies]),
		answers.map(({ body }) => [body.message_id, 1]),
	)
	const tries = sent().slice(before)
	assert.deepEqual(tries.slice(0, 1).concat(tries.slice(-1)), [former, now()])
	assert.ok(tries.length <= 4)
})

test('a refused message for an account does not go to whoever has its number now', async (t) => {
	const { post, former, now, ada, sent } = await openWorld(t, { refuses: 400 })
	const before = ada.inbox.entries.length
	const { status, body } = await post(former, 'for you alone')
	assert.deepEqual(
		[status, body.code, body.whatsapp_code],
		[422, 'recipient_has_new_account', '400'],
	)
	assert.equal(ada.inbox.entries.length, before)
	assert.ok(!sent().includes(now()))
})

test('new keys of a contact are told, and the next message is encrypted with them', async (t) => {
	const { post, phone, events, ada, now, owner } = await openWorld(t, { stays: true })
	await ada.receives('to the first account')
	ada.reinstalls()
	const told = await until('it is told', async () =>
		(await events()).find(({ type, data }) => type === 'contact.identity' && data.new_keys),
	)
	assert.deepEqual([told.data.contact.phone, told.data.contact.lid], [phone, now()])
	assert.equal((await post(phone, 'with the new keys')).status, 200)
	const arrived = await ada.receives('with the new keys')
	assert.equal(arrived.copies, 1)
	const answer = await ada.says('got it', { to: owner })
	await until('the answer comes', async () =>
		(await events()).some(
			({ type, data }) => type === 'message.received' && data.message_id === answer,
		),
	)
	const news = (await events()).filter(({ type }) => type === 'contact.identity')
	assert.equal(news.length, 1)
})
