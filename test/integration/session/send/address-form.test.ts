import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { LidMigration } from '../../../../gateway/src/sandbox/server/model.ts'
import { openGateway, openSandbox } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const MESSAGES = '/api/v1/sessions/main/messages'
const STATUS = 'status@broadcast'

/** A gateway of an account whose chats of two are by LID, or are not. */
async function openWorld(t: TestContext, done: boolean, told: LidMigration['told']) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	const bora = sandbox.phone('491700000003', { name: 'Bora' })
	owner.account.lidMigration = { done, told }
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const { body } = await gateway.request('GET', '/api/v1/sessions/main/qr')
	owner.scans(body.qr)
	await gateway.becomes('main', 'open')
	const lidOf = ({ account }: typeof ada) => `${account.lid}@lid`
	const phoneOf = ({ account }: typeof ada) => `${account.phone}@s.whatsapp.net`
	return {
		...{ sandbox, owner, ada, bora, gateway, lidOf, phoneOf },
		post: (body: object, type = 'text') => gateway.request('POST', `${MESSAGES}/${type}`, body),
		/** Ada writes, so that the gateway knows both of her names. */
		async adaWrites() {
			const id = await ada.says('hello', { to: owner })
			await until('it has come', async () => {
				const { body } = await gateway.request('GET', `${MESSAGES}/${id}`)
				return body?.message_id === id
			})
		},
		/** The addresses to which the gateway has sent messages, with their ids. */
		sent: () =>
			sandbox.whatsapp.log
				.list(({ direction, account, device, stanza }) => {
					const isOurs = direction === 'in' && account === owner.account.phone && device !== 0
					return isOurs && stanza.tag === 'message' && !stanza.attrs.category
				})
				.map(({ stanza: { attrs, content } }) => ({
					id: attrs.id,
					to: attrs.to,
					people: (Array.isArray(content) ? content : [])
						.filter(({ tag }) => tag === 'participants')
						.flatMap((list) => (Array.isArray(list.content) ? list.content : []))
						.map((listed) => listed.attrs.jid!),
				})),
	}
}

for (const told of ['pairing', 'property', 'both'] as const)
	test(`an account with LIDs sends to the LID at once, told by ${told}`, async (t) => {
		const { post, ada, sent, lidOf, phoneOf } = await openWorld(t, true, told)
		const { status, body, text } = await post({ to: ada.account.phone, text: 'hi' })
		assert.deepEqual([status, body.to], [200, phoneOf(ada)], text)
		assert.equal((await ada.receives('hi')).id, body.message_id)
		assert.deepEqual(
			sent().map(({ to }) => to),
			[lidOf(ada)],
		)
	})

for (const told of ['pairing', 'property', 'both'] as const)
	test(`an account without LIDs sends to the number at once, told by ${told}`, async (t) => {
		const { post, ada, sent, lidOf, phoneOf, adaWrites } = await openWorld(t, false, told)
		await adaWrites()
		const { status, text } = await post({ to: lidOf(ada), text: 'hi' })
		assert.equal(status, 200, text)
		await ada.receives('hi')
		assert.deepEqual(
			sent().map(({ to }) => to),
			[phoneOf(ada)],
		)
	})

for (const [done, wrong, right] of [
	[true, 'phoneOf', 'lidOf'],
	[false, 'lidOf', 'phoneOf'],
] as const)
	test(`an account that is told nothing learns from a refusal that ${done ? 'it has LIDs' : 'it has none'}`, async (t) => {
		const world = await openWorld(t, done, 'never')
		const { post, ada, bora, sent, gateway, sandbox, adaWrites } = world
		await adaWrites()
		const first = await post({ to: world[wrong](ada), text: 'first' })
		assert.equal(first.status, 200, first.text)
		assert.equal((await ada.receives('first')).id, first.body.message_id)
		assert.deepEqual(
			sent().map(({ id, to }) => [id, to]),
			[
				[first.body.message_id, world[wrong](ada)],
				[first.body.message_id, world[right](ada)],
			],
		)
		await gateway.stop()
		const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
		again.start()
		await again.becomes('main', 'open')
		const second = { to: world[wrong](ada), text: 'second' }
		assert.equal((await again.request('POST', `${MESSAGES}/text`, second)).status, 200)
		assert.equal(sent().length, 3, 'the next one goes right the first time')
		assert.equal(sent()[2]!.to, world[right](ada))
		assert.equal(bora.inbox.entries.length, 0)
	})

test('messages of a chat arrive once and in order while the account learns', async (t) => {
	const { post, ada, adaWrites, sent } = await openWorld(t, true, 'never')
	await adaWrites()
	const texts = Array.from({ length: 40 }, (_, n) => `number ${n}`)
	// Some leave while the first ones are refused, and some when the account has learnt.
	const sends = texts.map(async (text, n) => {
		await pause(n * 4)
		return post({ to: ada.account.phone, text })
	})
	const answers = await Promise.all(sends)
	assert.deepEqual(
		answers.map(({ status }) => status),
		texts.map(() => 200),
	)
	const got = await until('all have come', () => {
		const entries = ada.inbox.entries.filter(({ fromMe }) => !fromMe)
		return entries.length >= texts.length && entries
	})
	// Requests that come at the same time have no order; from the first try on, messages have.
	const firstTries = [...new Set(sent().map(({ id }) => id))]
	assert.deepEqual(
		got.map(({ id }) => id),
		firstTries,
	)
	assert.equal(got.length, texts.length)
	assert.ok(got.every(({ copies }) => copies === 1))
	const tries = new Map(answers.map(({ body }) => [body.message_id, 0]))
	for (const { id } of sent()) tries.set(id!, tries.get(id)! + 1)
	assert.ok([...tries.values()].every((count) => count <= 2))
})

test('a time-lock is final: after the number the LID is tried once, and nothing more', async (t) => {
	const { post, ada, owner, sandbox, sent, adaWrites, lidOf, phoneOf, gateway } = await openWorld(
		t,
		true,
		'never',
	)
	await adaWrites()
	sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 463)
	const { status, body } = await post({ to: ada.account.phone, text: 'hi' })
	assert.deepEqual([status, body.code, body.whatsapp_code], [409, 'reachout_timelocked', '463'])
	assert.deepEqual(
		sent().map(({ to }) => to),
		[phoneOf(ada), lidOf(ada)],
	)
	const id = sent()[0]!.id
	const { body: kept } = await gateway.request('GET', `${MESSAGES}/${id}`)
	assert.equal(kept.stage ?? kept.status, 'failed')
})

test('a time-lock on an account without LIDs is not tried again', async (t) => {
	const { post, ada, owner, sandbox, sent, adaWrites } = await openWorld(t, false, 'both')
	await adaWrites()
	sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 463)
	const { body } = await post({ to: ada.account.phone, text: 'hi' })
	assert.equal(body.code, 'reachout_timelocked')
	assert.equal(sent().length, 1)
})

test('an account that is moved to LIDs while it is connected is looked at again', async (t) => {
	const { post, ada, owner, sent, adaWrites, lidOf, phoneOf } = await openWorld(t, false, 'both')
	await adaWrites()
	await post({ to: ada.account.phone, text: 'before' })
	owner.account.lidMigration = { done: true, told: 'property' }
	for (const text of ['moved', 'after']) {
		const { status, text: answer } = await post({ to: ada.account.phone, text })
		assert.equal(status, 200, answer)
		await ada.receives(text)
	}
	const names = [phoneOf(ada), phoneOf(ada), lidOf(ada), lidOf(ada)]
	assert.deepEqual(
		sent().map(({ to }) => to),
		names,
	)
})

test('the LID that an account does not use is no way round a time-lock', async (t) => {
	const { post, ada, owner, sandbox, sent, adaWrites, phoneOf } = await openWorld(t, false, 'never')
	await adaWrites()
	sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 463)
	const { body } = await post({ to: ada.account.phone, text: 'hi' })
	assert.equal(body.code, 'reachout_timelocked', 'what the number was refused with')
	assert.equal(sent().length, 2)
	await post({ to: `${ada.account.lid}@lid`, text: 'later' })
	assert.equal(sent()[2]!.to, phoneOf(ada), 'it has learnt that it uses numbers')
})

test('a second try without an answer at the end of a gateway goes to the same name again', async (t) => {
	const { post, ada, owner, sandbox, sent, adaWrites, lidOf, phoneOf, gateway } = await openWorld(
		t,
		true,
		'never',
	)
	await adaWrites()
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	void post({ to: ada.account.phone, text: 'hi' })
	const { id } = await ada.receives('hi')
	await gateway.stop()

	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await until('it leaves once more', () => sent().length === 3)
	sandbox.whatsapp.faults.releaseAcks(owner.account.phone)
	await until('it is sent', async () => {
		const { body } = await again.request('GET', `${MESSAGES}/${id}`)
		return body.status === 'sent' || body.times?.sent
	})
	assert.deepEqual(
		sent().map((message) => [message.id, message.to]),
		[
			[id, phoneOf(ada)],
			[id, lidOf(ada)],
			[id, lidOf(ada)],
		],
	)
})

for (const told of ['both', 'never'] as const)
	test(`a status goes to LIDs, ${told === 'both' ? 'at once' : 'after a refusal'}`, async (t) => {
		const { post, ada, bora, owner, sent } = await openWorld(t, true, told)
		const audience = [ada.account.phone, bora.account.phone]
		const { status, body, text } = await post({ to: STATUS, text: 'sale', audience })
		assert.deepEqual([status, body.to], [200, STATUS], text)
		for (const person of [ada, bora]) assert.equal((await person.receives('sale')).chat, STATUS)
		assert.equal((await owner.receives('sale')).fromMe, true)
		assert.equal(sent().length, told === 'both' ? 1 : 2)
		assert.ok(
			sent()
				.at(-1)!
				.people.every((jid) => jid.endsWith('@lid')),
		)
	})

for (const addressing of ['pn', 'lid'] as const)
	test(`a group with ${addressing} is asked for once more when it refuses the address`, async (t) => {
		const { post, ada, owner, sandbox, sent } = await openWorld(t, true, 'both')
		const group = ada.createsGroup('Team', [owner], { addressing })
		assert.equal((await post({ to: group, text: 'one' })).status, 200)
		sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 479)
		const { status, body, text } = await post({ to: group, text: 'two' })
		assert.equal(status, 200, text)
		assert.equal((await ada.receives('two')).id, body.message_id)
		sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 479, 2)
		const refused = await post({ to: group, text: 'three' })
		assert.deepEqual([refused.status, refused.body.code], [422, 'whatsapp_refused'])
		assert.equal(sent().length, 5)
	})

for (const done of [true, false])
	for (const addressing of ['pn', 'lid'] as const)
		test(`an account ${done ? 'with' : 'without'} LIDs answers who writes by ${addressing}`, async (t) => {
			const { post, ada, owner, gateway, lidOf, phoneOf, sent } = await openWorld(t, done, 'both')
			ada.account.addressing = addressing
			const id = await ada.says('question', { to: owner })
			const event = await until('it has come', async () => {
				const { body } = await gateway.request('GET', '/api/v1/sessions/main/events?limit=100')
				return body.events.find(
					({ type, data }: { type: string; data: { message_id: string } }) =>
						type === 'message.received' && data.message_id === id,
				)
			})
			const { chat } = event.data
			assert.deepEqual([chat.id, chat.lid], [phoneOf(ada), lidOf(ada)])
			const { status, text } = await post({ to: chat.id, text: 'answer', reply_to: id })
			assert.equal(status, 200, text)
			const { message } = await ada.receives('answer')
			const quoting = message!.extendedTextMessage!.contextInfo!
			assert.equal(quoting.stanzaId, id)
			assert.equal(quoting.participant, done ? lidOf(ada) : phoneOf(ada))
			assert.equal(sent()[0]!.to, done ? lidOf(ada) : phoneOf(ada))
		})

test('whoever has no device under their number is written to under their LID', async (t) => {
	const { post, ada, owner, sent, lidOf, adaWrites } = await openWorld(t, true, 'never')
	await adaWrites()
	owner.account.lidMigration!.hidesNumbers = true
	const { status, text } = await post({ to: ada.account.phone, text: 'hi' })
	assert.equal(status, 200, text)
	await ada.receives('hi')
	await post({ to: ada.account.phone, text: 'more' })
	assert.deepEqual(
		sent().map(({ to }) => to),
		[lidOf(ada), lidOf(ada)],
	)
})
