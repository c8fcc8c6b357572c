import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../../support/media/fixtures.ts'
import { openSends, TO } from '../support/evolution-sends.ts'

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
