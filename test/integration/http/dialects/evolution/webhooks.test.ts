import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { plain } from '../../../../support/media/fixtures.ts'
import { openReceiver } from '../../../../support/gateway/receiver.ts'
import { openDialects } from '../support/gateway.ts'

const TO = '628123456789'
const THEIRS = `${TO}@s.whatsapp.net`

async function openHooks(t: TestContext) {
	const world = await openDialects(t, { delivery: { schedule: { waits: [0, 5, 5, 5, 5] } } })
	const receiver = await openReceiver(t)
	const headers = { apikey: world.keys.admin }
	const post = (path: string, body: object) => world.ask({ path: `${path}/main`, headers, body })
	return {
		...world,
		receiver,
		post,
		set: (body: object) => post('/webhook/set', body),
		find: async () =>
			(await world.ask({ method: 'GET', path: '/webhook/find/main', headers })).body,
		send: async (name: string, body: object) => {
			const { status, body: answer, text } = await post(`/message/${name}`, { number: TO, ...body })
			assert.equal(status, 201, text)
			return answer
		},
		/** The first event with this name that fits. */
		hears: async (name: string, fits: (data: any) => boolean = () => true) =>
			(await receiver.gets(({ event }) => event.event === name && fits(event.data))).event,
	}
}

test('Evolution: a webhook is set in each of its spellings, and found again', async (t) => {
	const { set, find, ask, keys, gateway } = await openHooks(t)
	const url = 'http://127.0.0.1:9/hook'

	await t.test('an instance without one has none', async () => {
		assert.equal(await find(), null)
		const { body } = await set({ webhook: { enabled: false, url: 'vazio', events: [] } })
		assert.deepEqual([body.enabled, body.url, body.events], [false, 'vazio', []])
		assert.equal(await find(), null)
	})

	await t.test('every spelling says the same, and replaces what was before', async () => {
		const events = ['MESSAGES_UPSERT']
		const spellings = [
			{ webhook: { enabled: true, url, byEvents: true, base64: true, events } },
			{ webhook: { enabled: true, url, webhookByEvents: true, webhookBase64: true, events } },
			{ enabled: true, url, webhookByEvents: true, webhookBase64: true, events },
			{ url, webhook_by_events: true, webhook_base64: true, events },
		]
		const ids = new Set<string>()
		for (const spelling of spellings) {
			const { status, body, text } = await set(spelling)
			assert.equal(status, 201, text)
			assert.partialDeepStrictEqual(body, {
				...{ url, headers: null, enabled: true, events },
				...{ webhookByEvents: true, webhookBase64: true },
			})
			assert.deepEqual(await find(), body)
			ids.add(body.id)
		}
		assert.equal(ids.size, 1)
	})

	await t.test('no list and an empty list mean every event, and none when it is off', async () => {
		for (const events of [undefined, null, []]) {
			const { body } = await set({ webhook: { enabled: true, url, events } })
			assert.equal(body.events.length, 31)
		}
		const { body } = await set({ webhook: { enabled: false, url: 'vazio', events: [] } })
		assert.deepEqual([body.enabled, body.url, body.events], [false, 'vazio', []])
		assert.deepEqual(await find(), body)
		await set({ webhook: { enabled: true, url } })
		assert.equal((await find()).enabled, true)
	})

	await t.test('headers come back as they were set', async () => {
		const headers = { Authorization: 'Bearer x', jwt_key: 'secret', 'Content-Type': 'text/plain' }
		const { body } = await set({ webhook: { enabled: true, url, headers } })
		assert.deepEqual(body.headers, { Authorization: 'Bearer x', jwt_key: 'secret' })
	})

	await t.test('what cannot be set is refused, and changes nothing', async () => {
		const before = await find()
		const webhook = { enabled: true, url }
		const cases: object[] = [
			{ webhook: { ...webhook, events: ['EVERYTHING'] } },
			{ webhook: { ...webhook, url: 'vazio' } },
			{ webhook: { ...webhook, url: '' } },
			{ webhook: { enabled: true } },
			{ webhook: { url } },
			{ webhook: { ...webhook, headers: { 'a b': 'c' } } },
			{ webhook: 'yes' },
			{},
		]
		for (const body of cases) {
			const { status, body: answer } = await set(body)
			assert.deepEqual([status, answer.error], [400, 'Bad Request'], JSON.stringify(body))
			assert.ok(Array.isArray(answer.response.message[0]), JSON.stringify(answer))
		}
		assert.deepEqual(await find(), before)
		const path = '/webhook/set/main'
		const others = await ask({ path, headers: { apikey: keys.other }, body: { webhook } })
		assert.equal(others.status, 404)
		const { body } = await gateway.request('GET', '/api/v1/sessions/main/webhooks')
		assert.equal(body.webhooks.length, 1)
	})
})

test('Evolution: what a webhook is told', async (t) => {
	const { set, send, hears, receiver, budi, sari, owner, group, gateway } = await openHooks(t)
	await set({ webhook: { enabled: true, url: receiver.url } })

	await t.test('a message that came', async () => {
		const id = await budi.says('Halo!', { to: owner })
		const event = await hears('messages.upsert', ({ key }) => key.id === id)
		assert.deepEqual(Object.keys(event), [
			...[
				'event',
				'instance',
				'data',
				'destination',
				'date_time',
				'sender',
				'server_url',
				'apikey',
			],
		])
		assert.partialDeepStrictEqual(event, {
			...{ event: 'messages.upsert', instance: 'main', destination: receiver.url, apikey: null },
			sender: `${owner.account.phone}@s.whatsapp.net`,
			data: {
				key: { remoteJid: THEIRS, fromMe: false, id, remoteJidAlt: `${budi.account.lid}@lid` },
				...{ pushName: 'Budi', status: 'DELIVERY_ACK', messageType: 'conversation' },
				message: { conversation: 'Halo!' },
			},
		})
		assert.ok(!Number.isNaN(Date.parse(event.date_time)))
		assert.equal(typeof event.data.messageTimestamp, 'number')
	})

	await t.test('an answer, with what it answers', async () => {
		const { key } = await send('sendText', { text: 'What?' })
		await budi.receives((received) => received.id === key.id)
		const id = await budi.says('That', { to: owner, replyTo: key.id })
		const { data } = await hears('messages.upsert', ({ key }) => key.id === id)
		assert.equal(data.message.conversation, 'That')
		assert.equal(data.contextInfo.stanzaId, key.id)
		assert.equal(data.contextInfo.quotedMessage.conversation, 'What?')
	})

	await t.test('a message of a group, with its author', async () => {
		const id = await sari.says('to all', { to: group })
		const { data } = await hears('messages.upsert', ({ key }) => key.id === id)
		assert.partialDeepStrictEqual(data, {
			key: {
				remoteJid: group,
				participant: `${sari.account.phone}@s.whatsapp.net`,
				addressingMode: 'pn',
			},
			pushName: 'Sari',
		})
	})

	await t.test('what another device of the account sends', async () => {
		const id = await owner.says('by hand', { to: budi })
		const { data } = await hears('messages.upsert', ({ key }) => key.id === id)
		assert.partialDeepStrictEqual(data, {
			key: { remoteJid: THEIRS, fromMe: true },
			...{ pushName: 'Você', message: { conversation: 'by hand' } },
		})
		const inGroup = await owner.says('by hand, to all', { to: group })
		const own = await hears('messages.upsert', ({ key }) => key.id === inGroup)
		assert.equal(own.data.key.participant, `${owner.account.phone}@s.whatsapp.net`)
		const answer = await send('sendText', { number: group, text: 'to all' })
		const { data: sent } = await hears('send.message', ({ key }) => key.id === answer.key.id)
		assert.deepEqual(sent, answer)
	})

	await t.test(
		'what the API sends is told once, as what was sent, and how far it has got',
		async () => {
			const answer = await send('sendText', { text: 'from the API' })
			const { id } = answer.key
			const { data } = await hears('send.message', ({ key }) => key.id === id)
			assert.deepEqual(data, answer)
			budi.reads(await budi.receives('from the API'))
			for (const status of ['SERVER_ACK', 'DELIVERY_ACK', 'READ']) {
				const { data } = await hears(
					'messages.update',
					(data) => data.keyId === id && data.status === status,
				)
				assert.partialDeepStrictEqual(data, { remoteJid: THEIRS, fromMe: true, messageId: id })
			}
			const told = receiver.posts.filter(({ event }) => event.data?.key?.id === id)
			assert.deepEqual(
				told.map(({ event }) => event.event),
				['send.message'],
			)
		},
	)

	await t.test('edits and deletions of others', async () => {
		const id = await budi.says('wrnog', { to: owner })
		await budi.edits(id, 'right')
		const edit = await hears('messages.edited', ({ key }) => key.id === id)
		assert.equal(edit.data.key.remoteJid, THEIRS)
		assert.equal(edit.data.editedMessage.conversation, 'right')
		assert.equal(typeof edit.data.timestampMs, 'number')
		await budi.deletes(id)
		const deletion = await hears('messages.delete', (data) => data.id === id)
		assert.partialDeepStrictEqual(deletion.data, {
			...{ id, remoteJid: THEIRS, fromMe: false, status: 'DELETED' },
		})
	})

	await t.test('edits and deletions of the API', async () => {
		const { key } = await send('sendText', { text: 'wrnog' })
		const { id } = key
		const path = '/api/v1/sessions/main/messages'
		const edit = { to: TO, message_id: id, text: 'right' }
		assert.equal((await gateway.request('POST', `${path}/edit`, edit)).status, 200)
		const update = await hears('send.message.update', (data) => data.key.id === id)
		assert.equal(update.data.editedMessage.conversation, 'right')
		const revoke = { to: TO, message_id: id }
		assert.equal((await gateway.request('POST', `${path}/revoke`, revoke)).status, 200)
		const { data } = await hears('messages.delete', (data) => data.id === id)
		assert.partialDeepStrictEqual(data, { key: { id, fromMe: true }, status: 'DELETED' })
	})

	await t.test('a reaction, and a vote with what was chosen', async () => {
		const { key } = await send('sendPoll', {
			name: 'Which?',
			selectableCount: 1,
			values: ['A', 'B'],
		})
		await budi.receives((received) => received.id === key.id)
		await budi.reacts(key.id, '👍')
		const { data } = await hears(
			'messages.upsert',
			({ message }) => message.reactionMessage?.key.id === key.id,
		)
		assert.deepEqual(
			[data.messageType, data.message.reactionMessage.text],
			['reactionMessage', '👍'],
		)
		assert.notEqual(data.key.id, key.id)
		await budi.votes(key.id, ['B'])
		const vote = await hears(
			'messages.upsert',
			({ messageType }) => messageType === 'pollUpdateMessage',
		)
		assert.deepEqual(vote.data.message.pollUpdateMessage.vote, { selectedOptions: ['B'] })
		assert.deepEqual(vote.data.pollUpdates, [
			{ name: 'A', voters: [] },
			{ name: 'B', voters: [THEIRS] },
		])
	})

	await t.test('groups, and calls', async () => {
		const made = budi.createsGroup('New', [owner, sari])
		const { data } = await hears('groups.upsert', ([{ id }]) => id === made)
		assert.equal(data[0].subject, 'New')
		assert.equal(data[0].participants.length, 3)
		const id = budi.calls.calls(owner, { video: true })
		const call = await hears('call', (data) => data.id === id && data.status === 'offer')
		assert.partialDeepStrictEqual(call.data, { from: THEIRS, chatId: THEIRS, isVideo: true })
	})

	await t.test('the connection that ends', async () => {
		await gateway.request('POST', '/api/v1/sessions/main/disconnect')
		const { data } = await hears('connection.update', ({ state }) => state === 'close')
		assert.equal(data.instance, 'main')
		assert.equal(typeof data.statusReason, 'number')
		await gateway.request('POST', '/api/v1/sessions/main/connect')
		const open = await hears('connection.update', ({ state }) => state === 'open')
		assert.partialDeepStrictEqual(open.data, {
			...{ statusReason: 200, wuid: `${owner.account.phone}@s.whatsapp.net` },
		})
	})

	await t.test('nothing more when it is off', async () => {
		await set({ webhook: { enabled: false, url: 'vazio' } })
		const before = receiver.posts.length
		await budi.says('unheard', { to: owner })
		await set({ webhook: { enabled: true, url: receiver.url, events: ['CALL'] } })
		const id = budi.calls.calls(owner)
		await hears('call', (data) => data.id === id)
		const names = receiver.posts.slice(before).map(({ event }) => event.event)
		assert.deepEqual([...new Set(names)], ['call'])
	})
})

test('Evolution: a webhook has its headers, a token, an address for each event, and files', async (t) => {
	const { set, send, receiver, budi, owner, gateway } = await openHooks(t)
	const events = ['MESSAGES_UPSERT', 'SEND_MESSAGE']
	const common = { enabled: true, url: `${receiver.url}/?a=1`, events }

	await t.test('a token that the key signs, and the other headers', async () => {
		await set({
			webhook: {
				...common,
				headers: { jwt_key: 'the key', Authorization: 'other', 'X-Own': 'yes' },
			},
		})
		const id = await budi.says('signed', { to: owner })
		const { headers, path } = await receiver.gets(({ event }) => event.data.key.id === id)
		assert.equal(path, '/hook/?a=1')
		assert.equal(headers['x-own'], 'yes')
		assert.equal(headers.jwt_key, undefined)
		const [head, claims, signature] = headers.authorization!.replace('Bearer ', '').split('.')
		const expected = createHmac('sha256', 'the key').update(`${head}.${claims}`).digest('base64url')
		assert.equal(signature, expected)
		const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
		assert.deepEqual(read(head!), { alg: 'HS256', typ: 'JWT' })
		const { iat, exp, ...rest } = read(claims!)
		assert.deepEqual(rest, { app: 'evolution', action: 'webhook' })
		assert.ok(exp - iat === 600 && Math.abs(iat - Date.now() / 1000) < 60)
	})

	await t.test('the name of the event is part of the address', async () => {
		await set({ webhook: { ...common, byEvents: true } })
		const id = await budi.says('by name', { to: owner })
		const came = await receiver.gets(({ event }) => event.data.key.id === id)
		assert.equal(came.path, '/hook/messages-upsert?a=1')
		const { key } = await send('sendText', { text: 'by name' })
		const went = await receiver.gets(({ event }) => event.data.key.id === key.id)
		assert.equal(went.path, '/hook/send-message?a=1')
	})

	await t.test('the files of messages, in and out, and none where there is none', async () => {
		await set({ webhook: { ...common, base64: true } })
		const png = await plain(32, 32).png().toBuffer()
		const file = { data: png, mimetype: 'image/png', filename: 'a.png' }
		const id = await budi.sends(await budi.media.attach('image', file), { to: owner })
		const came = await receiver.gets(({ event }) => event.data.key.id === id)
		assert.equal(came.event.data.message.base64, png.toString('base64'))
		assert.equal(came.event.data.messageType, 'imageMessage')
		const { pathname } = new URL(came.event.data.message.mediaUrl)
		const linked = await gateway.app.request(pathname)
		assert.deepEqual(Buffer.from(await linked.arrayBuffer()), png)
		const media = png.toString('base64')
		const { key } = await send('sendMedia', { mediatype: 'document', media, fileName: 'a.bin' })
		const went = await receiver.gets(({ event }) => event.data.key.id === key.id)
		assert.equal(went.event.data.message.base64, media)
		const text = await budi.says('no file', { to: owner })
		const { event } = await receiver.gets(({ event }) => event.data.key.id === text)
		assert.ok(!('base64' in event.data.message))
	})
})

test('Evolution: a new instance shows its code', async (t) => {
	const { ask, keys, gateway, receiver } = await openHooks(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'new' })
	const webhook = { enabled: true, url: receiver.url, events: ['QRCODE_UPDATED'] }
	await gateway.request('POST', '/api/v1/sessions/new/disconnect')
	await ask({ path: '/webhook/set/new', headers: { apikey: keys.admin }, body: { webhook } })
	await gateway.request('POST', '/api/v1/sessions/new/connect')
	const { event } = await receiver.gets(({ event }) => event.event === 'qrcode.updated')
	const { instance, pairingCode, code, base64 } = event.data.qrcode
	assert.deepEqual([instance, pairingCode, typeof code], ['new', null, 'string'])
	assert.match(base64, /^data:image\/png;base64,/)
})
