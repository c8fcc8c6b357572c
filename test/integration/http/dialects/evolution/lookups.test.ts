import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { createChannel } from '../../../../../gateway/src/sandbox/server/channels.ts'
import { ADMIN_KEY, temporaryDirectory } from '../../../../support/gateway/gateway.ts'
import { make, plain, tone } from '../../../../support/media/fixtures.ts'
import { until } from '../../../../support/wait.ts'
import { openBusinessWorld } from '../../../session/actions/business/world.ts'
import { openDialects } from '../support/gateway.ts'

test('Evolution: catalogs and profiles of businesses', async (t) => {
	const { gateway, phone, shop, ada } = await openBusinessWorld(t)
	const post = (path: string, body: object) =>
		gateway.request('POST', `${path}/main`, body, {
			apikey: ADMIN_KEY,
			'content-type': 'application/json',
		})
	const products = [
		{ id: 'p1', name: 'Umbrella', price: 12_500, currency: 'EUR', retailer_id: 'U-1' },
		{ id: 'p2', name: 'Hat' },
		{ id: 'p3', name: 'Coat' },
	]
	const collections = [{ name: 'Small', products: ['p1', 'p2'] }]
	await phone({
		phone: shop,
		business: {
			...{ description: 'Against rain', email: 'a@example.com', address: 'A street 1' },
			websites: ['https://example.com/'],
		},
		catalog: { products, collections },
	})
	const wuid = `${shop}@s.whatsapp.net`

	await t.test('a catalog is listed, as many products as are wanted', async () => {
		const { status, body } = await post('/business/getCatalog', { number: shop, limit: 2 })
		assert.equal(status, 200)
		assert.partialDeepStrictEqual(body, {
			...{ wuid, numberExists: true, isBusiness: true, catalogLength: 2 },
			catalog: [{ id: 'p1', name: 'Umbrella', price: 12_500, retailerId: 'U-1', isHidden: false }],
		})
	})

	await t.test('so are its collections', async () => {
		const { status, body } = await post('/business/getCollections', { number: shop })
		assert.equal(status, 200)
		assert.partialDeepStrictEqual(body, { wuid, isBusiness: true, collectionsLength: 1 })
		const [{ name, products }] = body.collections
		assert.deepEqual([name, products.map(({ id }: any) => id)], ['Small', ['p1', 'p2']])
	})

	await t.test(
		'whoever has none is no business, and the account is meant without a number',
		async () => {
			for (const path of ['/business/getCatalog', '/business/getCollections']) {
				const { status, body } = await post(path, { number: ada.account.phone })
				assert.equal(status, 200)
				assert.deepEqual([body.name, body.isBusiness], [null, false])
				assert.equal((await post(path, {})).body.wuid, '491700000001@s.whatsapp.net')
			}
		},
	)

	await t.test('their errors have the form that Evolution takes from Meta', async () => {
		for (const given of [{ number: '491799999999' }, { number: shop, limit: 'many' }]) {
			const { status, body } = await post('/business/getCatalog', given)
			assert.equal(status, 400)
			assert.partialDeepStrictEqual(body, { status: 400, error: 'Bad Request' })
			assert.equal(body.details.type, 'whatsapp_api_error')
			assert.equal(typeof body.message, 'string')
			assert.ok(Date.parse(body.timestamp))
			assert.equal(body.response, undefined)
		}
	})

	await t.test('a business profile has the names that Baileys has', async () => {
		const { body } = await post('/chat/fetchBusinessProfile', { number: shop })
		assert.partialDeepStrictEqual(body, {
			...{ isBusiness: true, wid: wuid, description: 'Against rain', address: 'A street 1' },
			...{ website: ['https://example.com/'], email: 'a@example.com' },
		})
		const { body: profile } = await post('/chat/fetchProfile', { number: shop })
		assert.partialDeepStrictEqual(profile, {
			...{ wuid, isBusiness: true, email: 'a@example.com', website: 'https://example.com/' },
		})
		const { body: none } = await post('/chat/fetchBusinessProfile', { number: ada.account.phone })
		assert.partialDeepStrictEqual(none, { isBusiness: false, exists: true })
	})
})

test('Evolution: files, polls, channels and played voice notes', async (t) => {
	const { ask, keys, budi, sari, owner, group, sandbox, gateway } = await openDialects(t)
	const call = (method: string, path: string, body?: object, apikey = keys.session) =>
		ask({ method, path, headers: { apikey }, ...(body && { body }) })
	const post = (path: string, body: object) => call('POST', `${path}/main`, body)
	const TO = budi.account.phone
	const file = (message: object, more = {}) =>
		post('/chat/getBase64FromMediaMessage', { message, ...more })

	await t.test('the file of a message that is not kept comes from the message itself', async () => {
		const png = (await plain(8, 8).png().toBuffer()).toString('base64')
		const media = { mediatype: 'document', media: png, fileName: 'a.png', caption: 'Look' }
		const { body: sent } = await post('/message/sendMedia', { number: TO, ...media })
		const { mediaKey, ...facts } = sent.message.documentMessage
		const bytes = Buffer.from(mediaKey, 'base64')
		const forms = {
			base64: mediaKey,
			'a Buffer': { type: 'Buffer', data: [...bytes] },
			'numbered bytes': { ...bytes },
		}
		for (const [form, key] of Object.entries(forms)) {
			const message = { documentMessage: { ...facts, mediaKey: key } }
			const { status, body } = await file({ key: { id: 'ANOTHERID1' }, message })
			assert.equal(status, 201, form)
			assert.partialDeepStrictEqual(body, { base64: png, fileName: 'a.png', caption: 'Look' })
		}
		const once = { viewOnceMessageV2: { message: { documentMessage: { ...facts, mediaKey } } } }
		const { body } = await file({ key: { id: 'ANOTHERID1' }, message: once })
		assert.deepEqual([body.mediaType, body.base64], ['documentMessage', png])
	})

	await t.test('what is no file of WhatsApp is refused', async () => {
		const key = { id: 'ANOTHERID2' }
		const cases: [message: object, text: RegExp][] = [
			[{ key }, /^Message not found$/],
			[{ key, message: {} }, /^Message not found$/],
			[{ key, message: { conversation: 'x' } }, /^The message is not of the media type$/],
			[{ key, message: { imageMessage: 5 } }, /not a message of WhatsApp/],
		]
		for (const [message, text] of cases) {
			const { status, body } = await file(message)
			assert.equal(status, 400, JSON.stringify(message))
			assert.match(body.response.message.flat()[0], text)
		}
	})

	await t.test('a voice note comes as MP4 on request', async () => {
		const wav = await readFile(await make(await temporaryDirectory(t), 'wav', ...tone(1)))
		const audio = wav.toString('base64')
		const { body: note } = await post('/message/sendWhatsAppAudio', { number: TO, audio })
		const { body: plainNote } = await file(note)
		assert.match(plainNote.mimetype, /^audio\/ogg/)
		const { status, body } = await file(note, { convertToMp4: true })
		assert.deepEqual([status, body.mimetype, body.mediaType], [201, 'audio/mp4', 'audioMessage'])
		assert.match(body.fileName, /\.m4a$/)
		const bytes = Buffer.from(body.base64, 'base64')
		assert.equal(bytes.toString('latin1', 4, 8), 'ftyp')
		assert.equal(body.size.fileLength, bytes.length)
	})

	await t.test(
		'the votes of a poll are counted, also when a voter has another opinion',
		async () => {
			const { body: poll } = await post('/message/sendPoll', {
				...{ number: group, name: 'Colour?', selectableCount: 2, values: ['Red', 'Blue'] },
			})
			const { id } = poll.key
			for (const phone of [budi, sari]) await phone.receives((received) => received.id === id)
			await budi.votes(id, ['Red'])
			await sari.votes(id, ['Red', 'Blue'])
			await budi.votes(id, ['Blue'])
			const asked = { message: { key: { id } }, remoteJid: group }
			const voted = await until('both have voted', async () => {
				const { body } = await post('/chat/decryptPollVote', asked)
				return body.poll.results.Blue.votes === 2 && body.poll
			})
			assert.deepEqual([voted.name, voted.totalVotes], ['Colour?', 2])
			assert.deepEqual(voted.results.Red, {
				votes: 1,
				voters: [`${sari.account.phone}@s.whatsapp.net`],
			})
			const none = await post('/chat/decryptPollVote', { message: { key: { id: 'NOPOLL' } } })
			assert.equal(none.status, 404)
		},
	)

	await t.test(
		'a voice note is marked as played, and nothing if one of the chats is none',
		async () => {
			const said: string = await budi.says('as if it were spoken', { to: owner })
			const remoteJid = `${budi.account.lid}@lid`
			const key = { id: said, fromMe: false, remoteJid }
			const nobody = { ...key, remoteJid: '491799999999' }
			for (const [path, field] of [
				['/chat/markMessageAsPlayed', 'playedMessages'],
				['/chat/markMessageAsRead', 'readMessages'],
			] as const)
				assert.equal((await post(path, { [field]: [key, nobody] })).status, 400)
			assert.deepEqual(
				budi.receipts.filter(({ id, type }) => id === said && type !== 'delivered'),
				[],
			)
			const { status, body } = await post('/chat/markMessageAsPlayed', { playedMessages: [key] })
			assert.deepEqual([status, body], [201, { message: 'Played messages', played: 'success' }])
			await until('Budi sees it', () =>
				budi.receipts.some(({ id, type }) => id === said && type === 'played'),
			)
		},
	)

	await t.test('channels are listed page by page', async () => {
		for (const name of ['News', 'Sports', 'Weather'])
			createChannel(sandbox.whatsapp, owner.account, { name })
		const { status, body } = await post('/chat/fetchChannels', { page: 2, limit: 2 })
		assert.equal(status, 200)
		assert.partialDeepStrictEqual(body, { total: 3, pages: 2, currentPage: 2, limit: 2 })
		assert.deepEqual(
			body.records.map(({ pushName }: any) => pushName),
			['Weather'],
		)
		assert.match(body.records[0].remoteJid, /@newsletter$/)
	})

	await t.test('people are blocked at the path of the documents, too', async () => {
		const answer = await post('/message/updateBlockStatus', { number: TO, status: 'block' })
		assert.deepEqual([answer.status, answer.body], [201, { block: 'success' }])
		await post('/message/updateBlockStatus', { number: TO, status: 'unblock' })
	})

	await t.test('members have their names, and an overview of chats no keys of files', async () => {
		const { body } = await call('GET', `/group/participants/main?groupJid=${group}`)
		const names = body.participants.map(({ name }: any) => name)
		assert.ok(names.includes('Budi'), JSON.stringify(body))
		const media = (await plain(8, 8).png().toBuffer()).toString('base64')
		const image = { number: TO, mediatype: 'image', media, caption: 'The last' }
		assert.equal((await post('/message/sendMedia', image)).status, 201)
		const { body: chats } = await post('/chat/findChats', { where: { remoteJid: TO } })
		const [{ lastMessage }] = chats
		assert.deepEqual(lastMessage.message, { imageMessage: { caption: 'The last' } })
	})

	await t.test('an instance that cannot be linked as it is asked for is not made', async () => {
		const make = (number: string) =>
			call('POST', '/instance/create', { instanceName: 'new', qrcode: true, number }, ADMIN_KEY)
		for (const number of ['x', '12']) {
			assert.equal((await make(number)).status, 400, number)
			assert.equal(gateway.sessions.find('new'), undefined)
		}
		const { status, body } = await make('491700000099@s.whatsapp.net')
		assert.equal(status, 201)
		assert.match(body.qrcode.pairingCode, /^[A-Z0-9]{8}$/)
		const path = '/instance/fetchInstances?number=491700000099'
		const { body: found } = await call('GET', path, undefined, ADMIN_KEY)
		assert.deepEqual([found.length, found[0].number], [1, '491700000099'])
	})
})
