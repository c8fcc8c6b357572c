import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { test, type TestContext } from 'node:test'
import { clip, h264, make, plain, tone } from '../../../support/media/fixtures.ts'
import { openServer } from '../../../support/media/server.ts'
import { temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { openDialects } from './support/gateway.ts'

const TO = '628123456789'

async function openSends(t: TestContext, options: Parameters<typeof openDialects>[1] = {}) {
	const world = await openDialects(t, options)
	const headers = { apikey: world.keys.session }

	const send = (name: string, body: object) =>
		world.ask({ path: `/message/${name}/main`, headers, body: { number: TO, ...body } })

	return {
		...world,
		send,
		form(name: string, fields: Record<string, string | File>) {
			const form = new FormData()
			for (const [field, value] of Object.entries({ number: TO, ...fields }))
				form.append(field, value)
			return world.ask({ path: `/message/${name}/main`, headers, form })
		},
		/** Sends, and gives the answer and what the phone has decrypted. */
		async arrives(name: string, body: object, phone = world.budi) {
			const { status, body: answer, text } = await send(name, body)
			assert.equal(status, 201, text)
			const { message } = await world.decrypted(answer.key.id, phone)
			return { answer, message: message! }
		},
		/** Sends, and gives what is said against it. */
		async refused(name: string, body: object) {
			const { status, body: answer } = await send(name, body)
			assert.deepEqual([status, answer.error], [400, 'Bad Request'])
			return answer.response.message
		},
	}
}

test('Evolution: texts, quotes, mentions and typing', async (t) => {
	const { ask, keys, sandbox, send, arrives, group, sari, budi, owner, budiWrites } =
		await openSends(t)

	await t.test('a number is taken in any form', async () => {
		const forms = [
			`${TO}@s.whatsapp.net`,
			`${TO}@c.us`,
			`+62 812-345-6789`,
			`${budi.account.lid}@lid`,
		]
		for (const number of forms) {
			const { answer } = await arrives('sendText', { number, text: 'hi' })
			assert.equal(answer.key.remoteJid, `${TO}@s.whatsapp.net`)
			assert.equal(answer.key.remoteJidAlt, `${budi.account.lid}@lid`)
		}
	})

	await t.test('a message is quoted by its id', async () => {
		const id = await budiWrites('a question')
		const { answer, message } = await arrives('sendText', { text: 'yes', quoted: { key: { id } } })
		const context = message.extendedTextMessage?.contextInfo
		assert.equal(context?.stanzaId, id)
		assert.equal(
			context?.quotedMessage?.conversation ?? context?.quotedMessage?.extendedTextMessage?.text,
			'a question',
		)
		assert.equal(answer.contextInfo.stanzaId, id)
		assert.equal(answer.contextInfo.quotedMessage.conversation, 'a question')
		assert.equal(answer.message.conversation, 'yes')
	})

	await t.test('a quote of what nobody has kept is left out', async () => {
		const quoted = { key: { id: '3EB0FFFFFFFFFFFFFFFF' } }
		const { answer, message } = await arrives('sendText', { text: 'yes', quoted })
		assert.equal(message.extendedTextMessage?.contextInfo?.stanzaId ?? null, null)
		assert.equal(answer.contextInfo, null)
	})

	await t.test('a whole message is quoted as it is, with its bytes in any form', async () => {
		const key = { id: '3EB0ABCDEF0123456789', remoteJid: `${TO}@s.whatsapp.net`, fromMe: false }
		const bytes = [1, 2, 255]
		const forms = [
			Buffer.from(bytes).toString('base64'),
			{ type: 'Buffer', data: Buffer.from(bytes).toString('base64') },
			{ type: 'Buffer', data: bytes },
			{ 0: 1, 1: 2, 2: 255 },
		]
		for (const fileSha256 of forms) {
			const imageMessage = {
				caption: 'what was said',
				fileSha256,
				fileLength: { low: 12, high: 0, unsigned: true },
			}
			const quoted = { key, message: { imageMessage } }
			const { answer, message } = await arrives('sendText', { text: 're', quoted })
			const context = message.extendedTextMessage!.contextInfo!
			assert.equal(context.stanzaId, key.id)
			assert.deepEqual([...context.quotedMessage!.imageMessage!.fileSha256!], bytes)
			assert.deepEqual(answer.contextInfo.quotedMessage.imageMessage, {
				caption: 'what was said',
				fileSha256: 'AQL/',
				fileLength: 12,
			})
		}
		const { status, body } = await send('sendText', {
			text: 're',
			quoted: { key, message: { imageMessage: 'none' } },
		})
		assert.deepEqual([status, body.error], [400, 'Bad Request'])
	})

	await t.test('the author of a quoted message of a group is kept', async () => {
		const participant = `${sari.account.phone}@s.whatsapp.net`
		const key = { id: '3EB0ABCDEF0123456789', remoteJid: group, fromMe: false, participant }
		const quoted = { key, message: { conversation: 'hello all' } }
		const { message } = await arrives('sendText', { number: group, text: 're', quoted })
		const { participant: author } = message.extendedTextMessage!.contextInfo!
		assert.ok([participant, `${sari.account.lid}@lid`].includes(author!))
	})

	await t.test('people and everyone are mentioned in a group, and nowhere else', async () => {
		const text = `Hello @${sari.account.phone}`
		const names = [
			sari.account.phone,
			`${sari.account.phone}@s.whatsapp.net`,
			`${sari.account.lid}@lid`,
		]
		for (const name of names) {
			const { answer, message } = await arrives('sendText', {
				number: group,
				text,
				mentioned: [name, name],
			})
			const { mentionedJid } = message.extendedTextMessage!.contextInfo!
			assert.equal(mentionedJid?.length, 1)
			assert.match(mentionedJid![0]!, new RegExp(`^(${sari.account.phone}|${sari.account.lid})@`))
			assert.equal(message.extendedTextMessage?.text, `Hello @${mentionedJid![0]!.split('@')[0]}`)
			assert.equal(answer.key.remoteJid, group)
		}
		for (const field of ['mentionsEveryOne', 'everyOne']) {
			const { message } = await arrives('sendText', { number: group, text: 'all', [field]: true })
			assert.equal(message.extendedTextMessage?.contextInfo?.nonJidMentions, 1)
		}
		const { message } = await arrives('sendText', { text, mentioned: [sari.account.phone] })
		assert.deepEqual(message.extendedTextMessage?.contextInfo?.mentionedJid ?? [], [])
	})

	await t.test('a form without files is read as what it is', async () => {
		const id = await budiWrites('a question of a form')
		const fields = { number: TO, text: 'by form', linkPreview: 'false', 'quoted[key][id]': id }
		const { status, body, text } = await ask({
			path: '/message/sendText/main',
			headers: { apikey: keys.session, 'content-type': 'application/x-www-form-urlencoded' },
			raw: new URLSearchParams(fields).toString(),
		})
		assert.equal(status, 201, text)
		assert.equal(body.message.conversation, 'by form')
		assert.equal(body.contextInfo.stanzaId, id)
	})

	await t.test('of the spellings of a number the one that WhatsApp has is written to', async () => {
		const queries = () =>
			sandbox.whatsapp.log.list(
				({ direction, stanza }) =>
					direction === 'in' && /"tag":"contact"/.test(JSON.stringify(stanza)),
			).length
		const long = sandbox.phone('5531987654321', { name: 'Bia' })
		const short = sandbox.phone('553188887777', { name: 'Caio' })
		const mexican = sandbox.phone('5215512345678', { name: 'Ximena' })
		for (const [phone, number, asked] of [
			[long, '+55 (31) 98765-4321', 1],
			[long, '553187654321@c.us', 0],
			[short, '5531988887777', 1],
			[short, '5531988887777@s.whatsapp.net', 0],
			[mexican, '525512345678', 1],
		] as const) {
			const before = queries()
			const { answer } = await arrives('sendText', { number, text: `for ${number}` }, phone)
			assert.equal(answer.key.remoteJid, `${phone.account.phone}@s.whatsapp.net`, number)
			assert.equal(queries() - before, asked, number)
		}
	})

	await t.test('a message has the id that the client has chosen, once', async () => {
		const messageId = '3EB0C0FFEE0000000001'
		const { answer } = await arrives('sendText', { text: 'chosen', messageId })
		assert.equal(answer.key.id, messageId)
		assert.equal((await send('sendText', { text: 'chosen', messageId })).body.key.id, messageId)
		const other = await send('sendText', { text: 'another', messageId })
		assert.ok(other.status >= 400, other.text)
		const got = budi.inbox.entries.filter(({ id }) => id === messageId)
		assert.equal(got.length, 1)
	})

	await t.test('the chat shows typing for the delay', async () => {
		for (const delay of [300, '300']) {
			const begins = once(budi.events, 'typing')
			const { status } = await send('sendText', { text: 'slow', delay })
			assert.equal(status, 201)
			assert.equal((await begins)[0].state, 'composing')
		}
	})

	await t.test('the shapes of version 1 are taken', async () => {
		const id = await budiWrites('another question')
		const { message } = await arrives('sendText', {
			textMessage: { text: 'old' },
			options: { presence: 'composing', linkPreview: false, quoted: { key: { id } } },
		})
		assert.equal(message.extendedTextMessage?.text, 'old')
		assert.equal(message.extendedTextMessage?.contextInfo?.stanzaId, id)
		const mentions = { everyOne: true, mentioned: [] }
		const all = await arrives('sendText', {
			number: group,
			textMessage: { text: 'old' },
			options: { mentions },
		})
		assert.equal(all.message.extendedTextMessage?.contextInfo?.nonJidMentions, 1)
		assert.equal(owner.account.phone.length > 0, true)
	})
})

test('Evolution: files go by URL, in base64, as a data URI and in a form', async (t) => {
	const { send, form, arrives, refused } = await openSends(t, { maxMediaBytes: 8 * 1024 * 1024 })
	const dir = await temporaryDirectory(t)
	const png = await plain(64, 48).png().toBuffer()
	const mp4 = await readFile(await make(dir, 'mp4', ...clip(1), ...h264))
	const wav = await readFile(await make(dir, 'wav', ...tone(1)))
	const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
	const base64 = (bytes: Buffer) => bytes.toString('base64')

	await t.test('an image, with its caption', async () => {
		for (const media of [base64(png), `data:image/png;base64,${base64(png)}`]) {
			const { answer, message } = await arrives('sendMedia', {
				...{
					mediatype: 'image',
					media,
					mimetype: 'image/jpeg',
					fileName: 'image.jpg',
					caption: 'c',
				},
			})
			assert.equal(message.imageMessage?.caption, 'c')
			assert.equal(message.imageMessage?.width, 64)
			assert.equal(answer.messageType, 'imageMessage')
			assert.equal(answer.message.imageMessage.caption, 'c')
			assert.equal(typeof answer.message.imageMessage.mediaKey, 'string')
			assert.equal(typeof answer.message.imageMessage.fileLength, 'number')
		}
	})

	await t.test('a video, also as a GIF', async () => {
		const video = { mediatype: 'video', media: base64(mp4), caption: 'film' }
		const { answer, message } = await arrives('sendMedia', video)
		assert.equal(answer.messageType, 'videoMessage')
		assert.deepEqual(
			[message.videoMessage?.caption, message.videoMessage?.gifPlayback],
			['film', null],
		)
		const gif = await arrives('sendMedia', { ...video, gifPlayback: true })
		assert.equal(gif.message.videoMessage?.gifPlayback, true)
	})

	await t.test('a document, whose name says what it is', async () => {
		const { answer, message } = await arrives('sendMedia', {
			mediatype: 'document',
			media: base64(pdf),
			fileName: 'report.xlsx',
			mimetype: 'application/pdf',
			caption: 'the report',
		})
		assert.equal(answer.messageType, 'documentMessage')
		assert.deepEqual(
			[message.documentMessage?.fileName, message.documentMessage?.caption],
			['report.xlsx', 'the report'],
		)
		assert.match(message.documentMessage!.mimetype!, /spreadsheetml/)
		const unnamed = { mediatype: 'document', media: base64(pdf) }
		assert.deepEqual(await refused('sendMedia', unnamed), [
			'For base64 the file name must be informed.',
		])
		const odd = await arrives('sendMedia', {
			...unnamed,
			fileName: 'a.xyz',
			mimetype: 'text/x-odd',
		})
		assert.equal(odd.message.documentMessage?.mimetype, 'text/x-odd')
	})

	await t.test('an audio file is no voice note, and a voice note always is', async () => {
		const file = await arrives('sendMedia', {
			...{ mediatype: 'audio', media: base64(wav), mimetype: 'audio/wav', fileName: 'tone.wav' },
		})
		assert.equal(file.message.audioMessage?.ptt, false)
		const { answer, message } = await arrives('sendWhatsAppAudio', { audio: base64(wav) })
		assert.equal(message.audioMessage?.ptt, true)
		assert.equal(answer.messageType, 'audioMessage')
		assert.equal(answer.message.audioMessage.mimetype, 'audio/ogg; codecs=opus')
		const old = await arrives('sendWhatsAppAudio', { audioMessage: { audio: base64(wav) } })
		assert.equal(old.message.audioMessage?.ptt, true)
	})

	await t.test('a round video and a sticker', async () => {
		const { message, answer } = await arrives('sendPtv', { video: base64(mp4) })
		assert.equal(message.ptvMessage?.mimetype, 'video/mp4')
		assert.equal(answer.messageType, 'ptvMessage')
		const sticker = await arrives('sendSticker', { sticker: base64(png) })
		assert.equal(sticker.message.stickerMessage?.mimetype, 'image/webp')
	})

	await t.test('a form carries the file, and its texts are read as what they are', async () => {
		const picture = new File([png], 'p.png', { type: 'image/png' })
		const quoted = JSON.stringify({ key: { id: '3EB01' }, message: { conversation: 'x' } })
		const fields = { mediatype: 'image', caption: 'form', delay: '100', quoted, file: picture }
		const { status, body, text } = await form('sendMedia', fields)
		assert.equal(status, 201, text)
		assert.equal(body.message.imageMessage.caption, 'form')
		assert.equal(body.contextInfo.stanzaId, '3EB01')
		const document = new File([pdf], 'a.pdf', { type: 'application/pdf' })
		const sent = await form('sendMedia', { mediatype: 'document', file: document })
		assert.equal(sent.body.message.documentMessage.fileName, 'a.pdf')
		const voice = await form('sendWhatsAppAudio', { file: new File([wav], 'a.wav') })
		assert.equal(voice.body.message.audioMessage.ptt, true, voice.text)
	})

	await t.test('a large file in base64 is no matter', async () => {
		const bytes = randomBytes(3 * 1024 * 1024)
		for (const media of [base64(bytes), `data:application/x-noise;base64,${base64(bytes)}`]) {
			const { message } = await arrives('sendMedia', {
				...{ mediatype: 'document', media, fileName: 'noise.bin', caption: 'noise' },
			})
			assert.equal(Number(message.documentMessage?.fileLength), bytes.length)
			assert.equal(message.documentMessage?.fileName, 'noise.bin')
		}
	})

	await t.test('files by their URL', async () => {
		const server = await openServer(t, (_, response) => void response.end(pdf))
		const media = `${server.url}/reports/march%20report.pdf?token=1`
		const { message } = await arrives('sendMedia', { mediatype: 'document', media })
		assert.equal(message.documentMessage?.fileName, 'march report.pdf')
		assert.equal(message.documentMessage?.mimetype, 'application/pdf')
		const gone = await send('sendMedia', { mediatype: 'image', media: 'http://127.0.0.1:9/a.png' })
		assert.deepEqual([gone.status, typeof gone.body.response.message[0]], [400, 'string'])
	})

	await t.test('what is no file is refused', async () => {
		const neither = ['Owned media must be a url or base64']
		assert.deepEqual(
			await refused('sendMedia', { mediatype: 'image', media: 'not a file!' }),
			neither,
		)
		for (const name of ['sendPtv', 'sendSticker', 'sendWhatsAppAudio'])
			assert.deepEqual(await refused(name, {}), neither)
		const [[kind]] = await refused('sendMedia', { mediatype: 'song', media: base64(wav) })
		assert.match(kind, /^instance\.mediatype must be one of image/)
		const text = await send('sendMedia', { mediatype: 'image', media: base64(pdf) })
		assert.equal(text.status, 400, 'what is no image')
	})
})

test('Evolution: contacts, locations, polls, lists, buttons, reactions and statuses', async (t) => {
	const { arrives, refused, send, sari, budi, budiWrites, group, decrypted } = await openSends(t)

	await t.test('a location, with and without a name', async () => {
		const place = { latitude: -19.9, longitude: -43.9, name: 'Praça', address: 'Rua 1' }
		const { answer, message } = await arrives('sendLocation', place)
		assert.partialDeepStrictEqual(message.locationMessage, {
			degreesLatitude: -19.9,
			degreesLongitude: -43.9,
			name: 'Praça',
			address: 'Rua 1',
		})
		assert.equal(answer.messageType, 'locationMessage')
		await arrives('sendLocation', { latitude: '1.5', longitude: 2 })
		assert.match(
			(await refused('sendLocation', { ...place, latitude: 'x' }))[0][0],
			/^instance\.latitude must be a number/,
		)
	})

	await t.test('one contact is a card, several are a list of cards', async () => {
		const ana = {
			fullName: 'Ana Lima',
			wuid: sari.account.phone,
			phoneNumber: '+62 898 7654 321',
			organization: 'Acme',
			email: 'ana@example.com',
			url: 'https://example.com',
		}
		const one = await arrives('sendContact', { contact: [ana] })
		const { displayName, vcard } = one.message.contactMessage!
		assert.equal(displayName, 'Ana Lima')
		for (const part of [
			'VERSION:3.0',
			`waid=${sari.account.phone}`,
			'ORG:Acme',
			'URL:https://',
			'EMAIL',
		])
			assert.ok(vcard!.includes(part), `${part} in ${vcard}`)
		assert.equal(one.answer.messageType, 'contactMessage')
		const two = await arrives('sendContact', { contact: [ana, { ...ana, fullName: 'Beto' }] })
		assert.equal(two.message.contactsArrayMessage?.contacts?.length, 2)
		assert.equal(two.answer.messageType, 'contactsArrayMessage')
		const [[missing]] = await refused('sendContact', { contact: [{ fullName: 'Ana' }] })
		assert.equal(missing, 'instance.contact.0 requires property "phoneNumber"')
	})

	await t.test('a poll', async () => {
		const poll = { name: 'Which?', selectableCount: 1, values: ['A', 'B'] }
		const { answer, message } = await arrives('sendPoll', poll)
		assert.equal(message.pollCreationMessageV3?.name, 'Which?')
		assert.equal(answer.messageType, 'pollCreationMessageV3')
		const twelve = Array.from({ length: 12 }, (_, index) => `option ${index}`)
		await arrives('sendPoll', { name: 'Many?', selectableCount: 0, values: twelve })
		for (const values of [['A'], ['A', 'A'], [...twelve, 'one more']])
			assert.ok(Array.isArray((await refused('sendPoll', { ...poll, values }))[0]))
		assert.ok(await refused('sendPoll', { ...poll, selectableCount: 3 }))
	})

	await t.test('a list', async () => {
		const rows = [{ title: 'One', rowId: 'r1', description: 'first' }]
		const list = {
			title: 'Menu',
			buttonText: 'Open',
			footerText: 'bye',
			sections: [{ title: 'Section', rows }],
		}
		const { answer, message } = await arrives('sendList', { ...list, description: 'Choose' })
		const { listMessage } = message
		assert.deepEqual(
			[
				listMessage?.title,
				listMessage?.description,
				listMessage?.buttonText,
				listMessage?.footerText,
			],
			['Menu', 'Choose', 'Open', 'bye'],
		)
		assert.equal(listMessage?.sections?.[0]?.rows?.[0]?.rowId, 'r1')
		assert.equal(answer.messageType, 'listMessage')
		await arrives('sendList', list)
		const { sections: _, ...none } = list
		assert.deepEqual(await refused('sendList', none), [['instance requires property "sections"']])
	})

	await t.test('buttons of every kind', async () => {
		const parametersOf = (message: any) => {
			const { buttons } = message.interactiveMessage.nativeFlowMessage
			return buttons.map(({ name, buttonParamsJson }: any) => [name, JSON.parse(buttonParamsJson)])
		}
		const replies = await arrives('sendButtons', {
			title: 'Well?',
			description: 'Choose',
			footer: 'Thanks',
			buttons: [{ type: 'reply', displayText: 'Yes', id: 'yes' }],
		})
		const { body, footer } = replies.message.interactiveMessage!
		assert.deepEqual([body?.text, footer?.text], ['*Well?*\n\nChoose', 'Thanks'])
		assert.deepEqual(parametersOf(replies.message), [
			['quick_reply', { display_text: 'Yes', id: 'yes' }],
		])
		const others = await arrives('sendButtons', {
			title: 'More',
			buttons: [
				{ type: 'copy', displayText: 'Code', copyCode: '123' },
				{ type: 'url', displayText: 'Site', url: 'https://example.com' },
				{ type: 'call', displayText: 'Call', phoneNumber: '+4930123' },
			],
		})
		assert.deepEqual(
			parametersOf(others.message).map(([name]: [string]) => name),
			['cta_copy', 'cta_url', 'cta_call'],
		)
		const pixButton = {
			...{ type: 'pix', currency: 'BRL', name: 'Acme', keyType: 'random', key: 'abc-123' },
		}
		const pix = await arrives('sendButtons', { buttons: [pixButton] })
		const [[name, payment]] = parametersOf(pix.message)
		assert.equal(name, 'payment_info')
		assert.deepEqual(payment.payment_settings[0].pix_static_code, {
			merchant_name: 'Acme',
			key: 'abc-123',
			key_type: 'EVP',
		})
		const jpeg = await plain(64, 48).jpeg().toBuffer()
		const thumbnailUrl = `data:image/jpeg;base64,${jpeg.toString('base64')}`
		const pictured = await arrives('sendButtons', {
			...{
				title: 'Well?',
				thumbnailUrl,
				buttons: [{ type: 'reply', displayText: 'Yes', id: 'yes' }],
			},
		})
		assert.equal(pictured.message.interactiveMessage?.header?.imageMessage?.width, 64)
	})

	await t.test('buttons that do not go together', async () => {
		const reply = { type: 'reply', displayText: '1', id: '1' }
		const url = { type: 'url', displayText: '1', url: 'https://example.com' }
		const pix = { type: 'pix', currency: 'BRL', name: 'n', keyType: 'email', key: 'a@b.c' }
		const cases: [buttons: object[], text: string][] = [
			[[], 'At least one button is required'],
			[[reply, reply, reply, reply], 'Maximum of 3 reply buttons allowed'],
			[[reply, url], 'Reply buttons cannot be mixed with other button types'],
			[[pix, pix], 'Only one PIX button is allowed'],
			[[pix, url], 'PIX button cannot be mixed with other button types'],
		]
		for (const [buttons, text] of cases)
			assert.deepEqual(await refused('sendButtons', { title: 't', buttons }), [text])
		assert.ok(Array.isArray((await refused('sendButtons', { buttons: [{ type: 'dance' }] }))[0]))
	})

	await t.test('a reaction is given and taken away, by the key of its message', async () => {
		const id = await budiWrites('a joke')
		const key = { id, remoteJid: `${TO}@s.whatsapp.net`, fromMe: false }
		const react = (reaction: string, of: object = key) =>
			arrives('sendReaction', { number: undefined, key: of, reaction })
		const { answer, message } = await react('😂')
		assert.equal(answer.messageType, 'reactionMessage')
		assert.deepEqual([message.reactionMessage?.text, message.reactionMessage?.key?.id], ['😂', id])
		assert.equal((await react('')).message.reactionMessage?.text, '')
		for (const reaction of ['no', '😂😂'])
			assert.deepEqual(await refused('sendReaction', { key, reaction }), [
				'Reaction must be a single emoji or empty string',
			])
		const [[missing]] = await refused('sendReaction', { reaction: '👍' })
		assert.equal(missing, 'instance requires property "key"')
		const inGroup = await send('sendText', { number: group, text: 'in the group' })
		await react('👍', { id: inGroup.body.key.id, remoteJid: group, fromMe: true })
	})

	await t.test('a status goes to those who are listed', async () => {
		const list = [`${sari.account.phone}@s.whatsapp.net`]
		const look = { backgroundColor: '#008000', font: 0 }
		const { body, status, text } = await send('sendStatus', {
			...{ type: 'text', content: 'News', ...look, statusJidList: list },
		})
		assert.equal(status, 201, text)
		assert.equal(body.key.remoteJid, 'status@broadcast')
		const { message } = await decrypted(body.key.id, sari)
		assert.equal(message?.extendedTextMessage?.text, 'News')
		assert.ok(!budi.inbox.entries.some(({ id }) => id === body.key.id))
		const png = (await plain(8, 8).png().toBuffer()).toString('base64')
		const picture = await send('sendStatus', {
			...{ type: 'image', content: png, caption: 'c', statusJidList: [sari.account.phone] },
		})
		assert.equal((await decrypted(picture.body.key.id, sari)).message?.imageMessage?.caption, 'c')
	})

	await t.test('a status that lacks something says what', async () => {
		const text = { type: 'text', content: 'x', backgroundColor: '#000000', font: 1 }
		const statusJidList = [TO]
		const cases: [body: object, text: string][] = [
			[{ ...text, content: undefined, statusJidList }, 'Content is required'],
			[{ type: 'image', statusJidList }, 'Content is required'],
			[{ ...text, backgroundColor: undefined, statusJidList }, 'Background color is required'],
			[{ ...text, font: undefined, statusJidList }, 'Font is required'],
			[text, 'StatusJidList is required'],
			[{ ...text, allContacts: false, statusJidList: [] }, 'StatusJidList is required'],
		]
		for (const [body, said] of cases) assert.deepEqual(await refused('sendStatus', body), [said])
	})

	await t.test('the shapes of version 1 of these', async () => {
		const id = await budiWrites('an old joke')
		const key = { id, remoteJid: `${TO}@s.whatsapp.net`, fromMe: false }
		const png = (await plain(8, 8).png().toBuffer()).toString('base64')
		const contact = { fullName: 'Ana', wuid: sari.account.phone, phoneNumber: '+62 898 7654 321' }
		const rows = [{ title: 'One', rowId: 'r1' }]
		const list = { title: 'M', buttonText: 'Open', sections: [{ title: 'S', rows }] }
		const cases: [name: string, body: object, kind: string][] = [
			['sendMedia', { mediaMessage: { mediatype: 'image', media: png } }, 'imageMessage'],
			['sendSticker', { stickerMessage: { image: png } }, 'stickerMessage'],
			['sendLocation', { locationMessage: { latitude: 1, longitude: 2 } }, 'locationMessage'],
			['sendContact', { contactMessage: [contact] }, 'contactMessage'],
			['sendReaction', { reactionMessage: { key, reaction: '😂' } }, 'reactionMessage'],
			[
				'sendPoll',
				{ pollMessage: { name: '?', selectableCount: 1, values: ['A', 'B'] } },
				'pollCreationMessageV3',
			],
			['sendList', { listMessage: list }, 'listMessage'],
		]
		for (const [name, body, kind] of cases)
			assert.equal((await arrives(name, body)).answer.messageType, kind, name)
	})

	await t.test('what only Meta sends is refused by name', async () => {
		const { status, body } = await send('sendTemplate', { name: 'hello' })
		assert.deepEqual([status, body.error], [501, 'Not Implemented'])
		assert.match(body.response.message[0], /template/)
	})
})
