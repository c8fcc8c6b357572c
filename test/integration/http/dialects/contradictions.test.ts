import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '../../../support/gateway/gateway.ts'
import { plain } from '../../../support/media/fixtures.ts'
import { openServer } from '../../../support/media/server.ts'
import { clientsOf, photos, styles, systems, type System } from './support/clients.ts'
import { openDialects, WORKSPACE } from './support/gateway.ts'

const isOk = ({ status, text }: Answer) => assert.equal(status, 200, text)
const dataUri = (bytes: Buffer, type: string) => `data:${type};base64,${bytes.toString('base64')}`

test('where the documents contradict each other', async (t) => {
	const world = await openDialects(t, { maxMediaBytes: 4096 })
	const { ask, keys, budi, sari, group, gateway, decrypted, newKey } = world
	const to = budi.account.phone
	const { post, text, form } = clientsOf(world, keys.session)
	const files = await openServer(t, (_, response) => void response.end('%PDF-1.4\n%%EOF\n'))
	const png = await plain(8, 8).png().toBuffer()
	const picture = dataUri(png, 'image/png')

	/** The message of an answer, as Budi's phone has decrypted it. */
	async function arrived(system: System, answer: Answer) {
		isOk(answer)
		return (await decrypted(styles[system].idIn(answer.body))).message!
	}

	await t.test('1: each system reads keys in its own place only', async () => {
		const places = {
			header: { 'X-API-Key': keys.session },
			bearer: { Authorization: `Bearer ${keys.session}` },
		}
		const taken = {
			wask: ['header'],
			'wa-rs': ['header', 'bearer'],
			wasphere: ['bearer'],
			wafastapi: ['header'],
		}
		for (const [system, known] of Object.entries(taken) as [System, string[]][])
			for (const [place, headers] of Object.entries(places)) {
				const [path, body] = styles[system].text(to, 'hello')
				const { status } = await ask({ path: styles[system].at('main', path), headers, body })
				assert.equal(status, known.includes(place) ? 200 : 401, `${system} ${place}`)
			}
	})

	await t.test('1: Wawp takes a Bearer key with the instance in a header too', async () => {
		const headers = { Authorization: `Bearer ${keys.session}`, 'X-Instance-ID': 'main' }
		isOk(await ask({ path: '/v2/send/text', headers, body: { chatId: to, message: 'hello' } }))
	})

	await t.test('2: a session key of wask is wrong for every other session', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'second' })
		const headers = { 'X-API-Key': keys.session }
		const { status } = await ask({
			path: '/sessions/second/send',
			headers,
			body: { to, text: 'x' },
		})
		assert.equal(status, 401)
	})

	await t.test('3: success has the fields of each document', async () => {
		const fields: Record<System, string[]> = {
			wask: ['success', 'messageId', 'to', 'type', 'status', 'timestamp'],
			'wa-rs': ['message_id', 'timestamp', 'to'],
			wasphere: ['messageId', 'status'],
			wawp: ['_data', 'id', 'ack', 'body', 'type', 'timestamp', 'from', 'to'],
			wafastapi: ['success', 'message'],
		}
		for (const system of systems) {
			const { body } = await text(system, to, 'hello')
			for (const field of fields[system]) assert.ok(field in body, `${system} ${field}`)
		}
	})

	await t.test(
		'4: WaFastApi names the message of a text, so that it can be reacted to',
		async () => {
			const sent = await text('wafastapi', to, 'hello')
			assert.equal(sent.body.message, 'Message sent successfully')
			const { messageId: messageKey } = sent.body
			isOk(await post('wafastapi', 'message/react', { number: to, messageKey, emoji: '👍' }))
			const { message } = await budi.receives((received) =>
				Boolean(received.message?.reactionMessage?.key?.id === messageKey),
			)
			assert.equal(message?.reactionMessage?.text, '👍')
		},
	)

	await t.test('5: a moment is ISO 8601 or Unix seconds, as the document has it', async () => {
		const now = Date.now() / 1000
		const told = {
			wask: Date.parse((await text('wask', to, 'a')).body.timestamp) / 1000,
			'wa-rs': (await text('wa-rs', to, 'a')).body.timestamp,
			wawp: (await text('wawp', to, 'a')).body.timestamp,
		}
		for (const [system, seconds] of Object.entries(told))
			assert.ok(Math.abs(seconds - now) < 30, `${system} ${seconds}`)
	})

	await t.test('6: the recipient comes back in the form of the document', async () => {
		assert.equal((await text('wask', to, 'a')).body.to, `${to}@s.whatsapp.net`)
		assert.equal((await text('wa-rs', to, 'a')).body.to, `${to}@s.whatsapp.net`)
		assert.equal((await text('wawp', to, 'a')).body.to, `${to}@c.us`)
	})

	await t.test('7: success is 200 everywhere', async () => {
		for (const system of systems) isOk(await text(system, to, 'hello'))
	})

	await t.test('8: a poll allows one choice, but any number in WA-RS', async () => {
		const options = ['A', 'B']
		const polls = {
			wasphere: await post('wasphere', 'messages/poll', { to, name: '?', options }),
			wafastapi: await post('wafastapi', 'send/poll', { number: to, name: '?', values: options }),
			'wa-rs': await post('wa-rs', 'messages/poll', { to, name: '?', options }),
		}
		for (const [system, answer] of Object.entries(polls) as [System, Answer][]) {
			const { pollCreationMessage, pollCreationMessageV3 } = await arrived(system, answer)
			const poll = pollCreationMessageV3 ?? pollCreationMessage
			assert.equal(poll?.selectableOptionsCount, system === 'wa-rs' ? 0 : 1, system)
		}
	})

	await t.test('9: a poll has two options or more everywhere', async () => {
		for (const [system, path, body] of [
			['wa-rs', 'messages/poll', { to, name: '?', options: ['A'] }],
			['wasphere', 'messages/poll', { to, name: '?', options: ['A'] }],
			['wafastapi', 'send/poll', { number: to, name: '?', values: ['A'] }],
		] as const)
			assert.equal((await post(system, path, body)).status, 400, system)
	})

	await t.test(
		'10: three buttons everywhere, short ones in WaSphere, a footer nowhere',
		async () => {
			const ours = (count: number, label: string) =>
				post('wa-rs', 'messages/buttons', {
					to,
					content_text: '?',
					buttons: Array.from({ length: count }, (_, i) => ({
						button_id: `${i}`,
						display_text: `${label}${i}`,
					})),
				})
			const theirs = (count: number, label: string) =>
				post('wasphere', 'messages/buttons', {
					to,
					text: '?',
					buttons: Array.from({ length: count }, (_, i) => ({ id: `${i}`, text: `${label}${i}` })),
				})
			const long = 'x'.repeat(20)
			const found = [await ours(3, 'a'), await ours(4, 'a'), await ours(1, long)]
			assert.deepEqual(
				found.map(({ status }) => status),
				[200, 400, 200],
			)
			const strict = [await theirs(3, 'a'), await theirs(4, 'a'), await theirs(1, long)]
			assert.deepEqual(
				strict.map(({ status }) => status),
				[200, 400, 400],
			)
		},
	)

	await t.test(
		'11: unknown fields are refused by WaSphere and by us, and passed over elsewhere',
		async () => {
			for (const system of systems) {
				const [path, body] = styles[system].text(to, 'hello')
				const { status, text: said } = await post(system, path, { ...body, filename: 'a.pdf' })
				// WA-RS' address is that of our own API.
				const isStrict = system === 'wasphere' || system === 'wa-rs'
				assert.equal(status, isStrict ? 400 : 200, system)
				if (isStrict) assert.match(said, /filename/)
			}
			const card = { to, name: 'John', phone: '+491701234567' }
			assert.equal((await post('wasphere', 'messages/contact', card)).status, 400)
			isOk(await post('wask', 'send/contact', card))
		},
	)

	await t.test('12: a document needs a name, but in WA-RS not if its address has one', async () => {
		const file = dataUri(Buffer.from('%PDF-1.4\n%%EOF\n'), 'application/pdf')
		assert.equal((await post('wask', 'send/document', { to, document: file })).status, 400)
		const unnamed = { to, url: file, mimetype: 'application/pdf' }
		assert.equal((await post('wasphere', 'messages/document', unnamed)).status, 400)
		const url = `${files.url}/report.pdf`
		const sent = await arrived(
			'wa-rs',
			await post('wa-rs', 'messages/document', { to, document: { url } }),
		)
		assert.equal(sent.documentMessage?.fileName, 'report.pdf')
		assert.equal((await post('wa-rs', 'messages/document', { to, document: file })).status, 400)
	})

	await t.test(
		'13: a picture becomes a WebP sticker in every system that has stickers',
		async () => {
			const sent = {
				wask: await post('wask', 'send/sticker', { to, sticker: picture }),
				'wa-rs': await post('wa-rs', 'messages/sticker', { to, sticker: { url: picture } }),
				wasphere: await post('wasphere', 'messages/sticker', { to, url: picture }),
			}
			for (const [system, answer] of Object.entries(sent) as [System, Answer][]) {
				const { stickerMessage } = await arrived(system, answer)
				assert.equal(stickerMessage?.mimetype, 'image/webp', system)
			}
		},
	)

	await t.test('14: once to be seen is a type of WaSphere and a flag of the others', async () => {
		const once = await photos(1, { number: to, viewOnce: 'true' })
		const fast = await form('send/photo', once)
		isOk(fast)
		const ids = [
			(await post('wasphere', 'messages/view-once', { to, url: picture })).body.messageId,
			(await post('wa-rs', 'messages/view-once', { to, image: { url: picture } })).body.message_id,
			(await post('wa-rs', 'messages/image', { to, image: { url: picture }, view_once: true })).body
				.message_id,
			fast.body.messages[0],
		]
		for (const id of ids) {
			const { message } = await decrypted(id)
			assert.equal(message?.viewOnceMessage?.message?.imageMessage?.viewOnce, true)
		}
	})

	await t.test('15: a number may have its plus and spaces everywhere', async () => {
		for (const system of systems)
			await arrived(system, await text(system, '+62 812 3456789', `from ${system}`))
	})

	await t.test('16: a group is named as each document has it, and in WaFastApi alone', async () => {
		for (const system of ['wask', 'wa-rs', 'wasphere', 'wawp'] as const)
			await arrived(system, await text(system, group, 'to all'))
		const message = 'to all'
		const bare = group.replace('@g.us', '')
		const alone = await post('wafastapi', 'send/text', { group: bare, message })
		await arrived('wafastapi', alone)
		const both = { number: sari.account.phone, group: bare, message }
		const { status, body } = await post('wafastapi', 'send/text', both)
		assert.equal(status, 400)
		assert.match(body.error, /number.*group|group.*number/)
	})

	await t.test('17: not connected is 500 in WaSphere and WaFastApi, else 503', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'away', workspace: WORKSPACE })
		const away = clientsOf(world, await newKey({ sessions: ['away'] }), 'away')
		const statuses = { wask: 503, 'wa-rs': 503, wasphere: 500, wawp: 503, wafastapi: 500 }
		for (const system of systems) {
			const { status } = await away.text(system, to, 'hello')
			assert.equal(status, statuses[system], system)
		}
	})

	await t.test('18: WaFastApi tells a wrong key from one whose session is gone', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'gone' })
		const key = await newKey({ sessions: ['gone'] })
		await gateway.request('DELETE', '/api/v1/sessions/gone')
		const gone = await clientsOf(world, key).text('wafastapi', to, 'hello')
		assert.equal(gone.status, 404, gone.text)
		const wrong = await clientsOf(world, 'never-issued').text('wafastapi', to, 'hello')
		assert.equal(wrong.status, 401)
		const [path, body] = styles.wafastapi.text(to, 'hello')
		assert.equal((await ask({ path: styles.wafastapi.at('', path), body })).status, 401)
	})

	await t.test('20: an error has the form of each document', async () => {
		const fields: Record<System, string[]> = {
			wask: ['success', 'error'],
			'wa-rs': ['type', 'title', 'status', 'detail', 'code'],
			wasphere: ['statusCode', 'message', 'error'],
			wawp: ['code', 'message', 'data'],
			wafastapi: ['error'],
		}
		for (const system of systems) {
			const { status, body } = await text(system, 'nobody', 'hello')
			assert.equal(status, 400)
			for (const field of fields[system]) assert.ok(field in body, `${system} ${field}`)
		}
	})

	await t.test('21: Wawp reads the body, and the address for what is not in it', async () => {
		const given = {
			access_token: keys.session,
			instance_id: 'main',
			chatId: to,
			message: 'address',
		}
		const query = new URLSearchParams(given)
		const fromAddress = await ask({ path: `/v2/send/text?${query}` })
		const said = async (answer: Answer) => (await arrived('wawp', answer)).extendedTextMessage?.text
		assert.equal(await said(fromAddress), 'address')
		const fromBody = await ask({ path: `/v2/send/text?${query}`, body: { message: 'body' } })
		assert.equal(await said(fromBody), 'body')
	})

	await t.test(
		'22: a reaction has three addresses, and without an emoji it is taken back',
		async () => {
			const { message_id } = (await text('wa-rs', to, 'hello')).body
			const theirs = { to, messageId: message_id }
			const reactions = [
				await post('wa-rs', 'messages/react', { to, message_id, emoji: '👍' }),
				await post('wa-rs', 'messages/reaction', { to, message_id, emoji: '👍' }),
				await post('wasphere', 'messages/reaction', { ...theirs, emoji: '👍' }),
				await post('wafastapi', 'message/react', { number: to, messageKey: message_id }),
			]
			for (const answer of reactions) isOk(answer)
			await budi.receives(({ message }) => {
				const { key, text: emoji } = message?.reactionMessage ?? {}
				return key?.id === message_id && !emoji
			})
			assert.equal((await post('wa-rs', 'messages/react', { to, message_id })).status, 400)
			assert.equal((await post('wasphere', 'messages/reaction', theirs)).status, 400)
		},
	)

	await t.test('23: WA-RS keeps its several names of chats and amounts', async () => {
		const { message_id } = (await text('wa-rs', to, 'hello')).body
		isOk(await post('wa-rs', 'messages/pin', { chat: to, message_id }))
		isOk(await post('wa-rs', 'messages/read', { chat_jid: to, message_ids: [message_id] }))
		const order = { to, order_id: '1', total_amount_1000: 5000, total_currency_code: 'USD' }
		const ordered = await arrived('wa-rs', await post('wa-rs', 'messages/order', order))
		assert.equal(Number(ordered.orderMessage?.totalAmount1000), 5000)
		const request = { to, currency_code: 'USD', amount1000: 5000 }
		const asked = await arrived('wa-rs', await post('wa-rs', 'messages/request-payment', request))
		assert.equal(Number(asked.requestPaymentMessage?.amount1000), 5000)
	})

	await t.test('24: WaFastApi reads booleans that are words, and refuses other words', async () => {
		for (const [word, seen] of Object.entries({
			true: true,
			'1': true,
			false: false,
			'0': false,
		})) {
			const { body } = await form('send/photo', await photos(1, { number: to, viewOnce: word }))
			const { message } = await decrypted(body.messages[0])
			assert.equal(Boolean(message?.viewOnceMessage), seen, word)
		}
		const odd = await form('send/photo', await photos(1, { number: to, viewOnce: 'maybe' }))
		assert.equal(odd.status, 400)
	})

	await t.test(
		'25: WaFastApi answers to pictures with ids of messages that were sent',
		async () => {
			const { body } = await form('send/photo', await photos(3, { number: to }))
			assert.deepEqual([body.success, body.sent, body.messages.length], [true, 3, 3])
			for (const id of body.messages) assert.ok((await decrypted(id)).message?.imageMessage)
		},
	)

	await t.test('26: too large a file is 413, by a limit that can be set', async () => {
		const large = dataUri(Buffer.alloc(5000, 1), 'application/octet-stream')
		const named = { to, document: large, filename: 'a.bin' }
		assert.equal((await post('wask', 'send/document', named)).status, 413)
		const parts = new FormData()
		parts.append('number', to)
		parts.append('files', new Blob([new Uint8Array(5000)]), 'a.bin')
		assert.equal((await form('send/file', parts)).status, 413)
	})

	await t.test('27: too many files are 400', async () => {
		assert.equal((await form('send/photo', await photos(11, { number: to }))).status, 400)
		isOk(await form('send/photo', await photos(10, { number: to })))
	})
})

test('19: WaSphere lets a key ask 60 times a minute; the others follow RATE_LIMIT', async (t) => {
	const world = await openDialects(t, { rateLimit: 2 })
	const to = world.budi.account.phone
	for (const system of systems) {
		const { text } = clientsOf(world, await world.newKey({ sessions: ['main'] }))
		const most = system === 'wasphere' ? 60 : 2
		for (let i = 0; i < most; i++) isOk(await text(system, to, 'hello'))
		const { status, headers } = await text(system, to, 'hello')
		assert.equal(status, 429, system)
		const seconds = Number(headers.get('retry-after'))
		assert.ok(seconds > 0 && seconds <= 60, system)
		assert.equal(headers.get('ratelimit-policy'), `"key";q=${most};w=60`)
	}
})
