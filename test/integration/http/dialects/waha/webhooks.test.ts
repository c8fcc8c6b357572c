import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { hmacHex } from '../../../../../gateway/src/http/dialects/hmac.ts'
import { openReceiver } from '../../../../support/gateway/receiver.ts'
import { plain } from '../../../../support/media/fixtures.ts'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'
const OWNER = '491700000001@c.us'
const KEY = 'my-secret-key'

/** A session whose config has one webhook. */
async function openHook(t: TestContext, hook: object = {}, config: object = {}) {
	const world = await openWaha(t)
	const receiver = await openReceiver(t)
	const { status, text } = await world.ask('PUT', '/api/sessions/main', {
		config: { ...config, webhooks: [{ url: receiver.url, events: ['*'], ...hook }] },
	})
	assert.equal(status, 200, text)
	/** The first event with this name that fits. */
	const hears = async (name: string, fits: (payload: any) => boolean = () => true) =>
		(await receiver.gets(({ event }) => event.event === name && fits(event.payload))).event
	return { ...world, receiver, hears }
}

test('the signature is the one of the documentation', () => {
	const body = '{"event":"message","session":"default","engine":"WEBJS"}'
	assert.equal(
		hmacHex(KEY, body, 'sha512'),
		'208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89',
	)
})

test('WAHA: a webhook gets the envelope, signed, with its own headers', async (t) => {
	const { receiver, budiWrites, hears } = await openHook(
		t,
		{
			events: ['message', 'message.any'],
			hmac: { key: KEY },
			customHeaders: [{ name: 'X-Own-Header', value: 'Value' }],
		},
		{ metadata: { 'user.id': '123' } },
	)
	const id = await budiWrites('Hello')
	const event = await hears('message')
	assert.match(event.id, /^evt_[0-9a-z]{26}$/)
	assert.partialDeepStrictEqual(event, {
		event: 'message',
		session: 'main',
		metadata: { 'user.id': '123' },
		me: { id: OWNER, jid: '491700000001@s.whatsapp.net' },
		engine: 'NOWEB',
		environment: { engine: 'NOWEB', tier: 'PLUS', version: '2026.7.1', browser: null },
		payload: {
			id: `false_${BUDI}_${id}`,
			from: BUDI,
			to: OWNER,
			fromMe: false,
			source: 'app',
			body: 'Hello',
			hasMedia: false,
			media: null,
			participant: null,
			ack: 2,
			ackName: 'DEVICE',
			replyTo: null,
			_data: {
				key: { remoteJid: '628123456789@s.whatsapp.net', fromMe: false, id },
				message: { conversation: 'Hello' },
				pushName: 'Budi',
				notifyName: 'Budi',
			},
		},
	})
	assert.ok(Math.abs(event.timestamp - Date.now()) < 60_000)
	const any = await hears('message.any')
	assert.deepEqual(any.payload, event.payload)
	assert.notEqual(any.id, event.id)
	for (const { raw, headers } of receiver.posts) {
		assert.equal(headers['x-webhook-hmac'], createHmac('sha512', KEY).update(raw).digest('hex'))
		assert.equal(headers['x-webhook-hmac-algorithm'], 'sha512')
		assert.equal(headers['x-own-header'], 'Value')
		assert.equal(headers['user-agent'], 'WAHA/2026.7.1')
		assert.match(String(headers['x-webhook-timestamp']), /^\d{13}$/)
		assert.ok(headers['x-webhook-request-id'])
	}
})

test('WAHA: a webhook without a key is not signed, and gets what it names', async (t) => {
	const { receiver, budiWrites, hears, ask } = await openHook(t, { events: ['message.any'] })
	await budiWrites('Hello')
	const { body } = await ask('POST', '/api/sendText', {
		session: 'main',
		chatId: BUDI,
		text: 'Own',
	})
	const own = await hears('message.any', ({ fromMe }) => fromMe)
	assert.partialDeepStrictEqual(own.payload, {
		id: body.id,
		body: 'Own',
		source: 'api',
		from: BUDI,
	})
	assert.deepEqual(
		receiver.posts.map(({ event }) => event.event),
		['message.any', 'message.any'],
	)
	assert.equal(receiver.posts[0]!.headers['x-webhook-hmac'], undefined)
})

test('WAHA: what is done to messages is told', async (t) => {
	const { ask, hears, budi, sari, owner, group, budiWrites, decrypted, receiver } =
		await openHook(t)
	const send = async (path: string, body: object, method = 'POST') =>
		(await ask(method, `/api/${path}`, { session: 'main', chatId: BUDI, ...body })).body
	const sent = await send('sendText', { text: 'First' })
	await decrypted(sent.key.id)

	await t.test('acknowledgements, of people and of the members of a group', async () => {
		const ack = await hears('message.ack', ({ id, ack }) => id === sent.id && ack >= 2)
		assert.partialDeepStrictEqual(ack.payload, { from: BUDI, to: BUDI, fromMe: true })
		const toAll = await send('sendText', { chatId: group, text: 'All' })
		const { payload } = await hears(
			'message.ack.group',
			({ id, participant }) => id === toAll.id && participant === BUDI,
		)
		assert.deepEqual([payload.from, payload.ackName], [group, 'DEVICE'])
	})

	await t.test('reactions, of others and of the API', async () => {
		await budi.reacts(sent.key.id, '👍')
		const theirs = await hears('message.reaction', ({ fromMe }) => !fromMe)
		assert.partialDeepStrictEqual(theirs.payload, {
			from: BUDI,
			to: OWNER,
			reaction: { text: '👍', messageId: sent.id },
		})
		const mine = await send('reaction', { messageId: sent.id, reaction: '❤️' }, 'PUT')
		const ours = await hears('message.reaction', ({ fromMe }) => fromMe)
		assert.deepEqual(ours.payload.reaction, { text: '❤️', messageId: sent.id })
		assert.equal(ours.payload.id, mine.id)
	})

	await t.test('edits and deletions, with the bare id', async () => {
		const id = await budiWrites('Befor')
		const edit = await budi.edits(id, 'Before')
		const { payload } = await hears('message.edited')
		assert.partialDeepStrictEqual(payload, { body: 'Before', editedMessageId: id, from: BUDI })
		assert.ok(
			[id, edit].some((each) => payload.id === `false_${BUDI}_${each}`),
			payload.id,
		)
		await budi.deletes(id)
		const revoked = await hears('message.revoked')
		assert.partialDeepStrictEqual(revoked.payload, { revokedMessageId: id, before: null })
		assert.equal(revoked.payload.after.from, BUDI)
	})

	await t.test('votes, of a direct chat and of a group', async () => {
		const poll = { name: 'Which?', options: ['Red', 'Blue'] }
		const direct = await send('sendPoll', { poll })
		await decrypted(direct.key.id)
		await budi.votes(direct.key.id, ['Blue'])
		const { payload } = await hears('poll.vote')
		assert.partialDeepStrictEqual(payload, {
			vote: { from: BUDI, to: 'me', fromMe: false, selectedOptions: ['Blue'] },
			poll: { id: direct.id, from: 'me', to: BUDI, fromMe: true },
		})
		const inGroup = await send('sendPoll', { chatId: group, poll })
		await decrypted(inGroup.key.id)
		await budi.votes(inGroup.key.id, ['Red'])
		const { payload: other } = await hears('poll.vote', ({ poll }) => poll.to === group)
		assert.partialDeepStrictEqual(other, {
			vote: { from: BUDI, to: group, participant: BUDI, selectedOptions: ['Red'] },
			poll: { id: inGroup.id, fromMe: true, participant: 'me' },
		})
	})

	await t.test('a file is linked, and the link needs no key', async () => {
		const data = await plain(64, 64).png().toBuffer()
		const file = await budi.media.attach('image', { data, mimetype: 'image/png' })
		const image = file.imageMessage!
		await budi.sends({ imageMessage: { ...image, caption: 'a hat' } }, { to: owner })
		const { payload } = await hears('message', ({ hasMedia }) => hasMedia)
		assert.equal(payload.body, 'a hat')
		assert.equal(payload.media.mimetype, 'image/png')
		assert.equal(payload.mediaUrl, payload.media.url)
		assert.match(payload.media.url, /^http:\/\/gateway\.test\//)
	})

	await t.test('a reply tells what it answers', async () => {
		await budi.says('Answer', { to: owner, replyTo: sent.key.id })
		const { payload } = await hears('message', ({ body }) => body === 'Answer')
		assert.partialDeepStrictEqual(payload.replyTo, {
			id: sent.key.id,
			participant: OWNER,
			body: 'First',
		})
	})

	await t.test('a message of a group names the group and its author', async () => {
		const id = await budi.says('To all', { to: group })
		const { payload } = await hears('message', ({ body }) => body === 'To all')
		assert.partialDeepStrictEqual(payload, {
			id: `false_${group}_${id}_${BUDI}`,
			from: group,
			to: group,
			participant: BUDI,
		})
	})

	await t.test('own messages from the phone are message.any alone', async () => {
		const id = await owner.says('From the phone', { to: budi })
		const { payload } = await hears('message.any', ({ body }) => body === 'From the phone')
		assert.deepEqual([payload.id, payload.source], [`true_${BUDI}_${id}`, 'app'])
		assert.ok(
			!receiver.posts.some(({ event }) => event.event === 'message' && event.payload.fromMe),
		)
		assert.ok(sari)
	})

	await t.test('groups that are joined, changed and left', async () => {
		const other = budi.createsGroup('Joined', [owner])
		const { payload } = await hears('group.v2.join')
		assert.deepEqual([payload.group.id, payload.group.subject], [other, 'Joined'])
		assert.ok(payload.group.participants.some(({ id }: any) => id === BUDI))
		assert.ok(payload.timestamp < 1e11, 'seconds')
	})

	await t.test('a session that is stopped and started tells each status', async () => {
		await ask('POST', '/api/sessions/main/stop')
		await hears('session.status', ({ status }) => status === 'STOPPED')
		await ask('POST', '/api/sessions/main/start')
		const { payload } = await hears('session.status', ({ status }) => status === 'WORKING')
		assert.equal(payload.name, 'main')
		assert.equal(payload.statuses.at(-1).status, 'WORKING')
	})
})

test('WAHA: a new session tells how far it is with every QR code', async (t) => {
	const { ask, sandbox, becomes } = await openWaha(t)
	const receiver = await openReceiver(t)
	await ask('POST', '/api/sessions', {
		name: 'new',
		config: { webhooks: [{ url: receiver.url, events: ['session.status'] }] },
	})
	const told = (status: string) =>
		receiver.gets(({ event }) => event.payload.status === status && event.session === 'new')
	await told('STARTING')
	await told('SCAN_QR_CODE')
	const { body } = await ask('GET', '/api/new/auth/qr?format=raw')
	sandbox.phone('5511999990001', { name: 'Carla' }).scans(body.value)
	await becomes('new', 'WORKING')
	const { event } = await told('WORKING')
	assert.equal(event.me.id, '5511999990001@c.us')
})

test('WAHA: of kinds of chats that are ignored nothing is told', async (t) => {
	const { hears, budi, owner, group, receiver } = await openHook(
		t,
		{ events: ['message'] },
		{ ignore: { groups: true } },
	)
	await budi.says('To all', { to: group })
	await budi.says('To you', { to: owner })
	await hears('message', ({ body }) => body === 'To you')
	assert.ok(!receiver.posts.some(({ event }) => event.payload.from === group))
})
