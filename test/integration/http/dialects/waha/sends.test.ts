import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import { temporaryDirectory } from '../../../../support/gateway/gateway.ts'
import { clip, h264, make, plain, tone } from '../../../../support/media/fixtures.ts'
import { openWaha } from './support.ts'

const TO = '628123456789'
const chat = { session: 'main', chatId: `${TO}@c.us` }

test('WAHA: every kind of message arrives, and is answered with itself', async (t) => {
	const { ask, askByForm, decrypted, budiWrites, budi, sari, group } = await openWaha(t, {
		maxMediaBytes: 4 * 1024 * 1024,
	})
	const directory = await temporaryDirectory(t)
	const [mp4, wav] = await Promise.all([
		make(directory, 'mp4', ...clip(1), ...h264),
		make(directory, 'wav', ...tone(1)),
	])
	const base64 = async (path: string) => (await readFile(path)).toString('base64')
	const png = (await plain(64, 64).png().toBuffer()).toString('base64')
	const file = { mimetype: 'image/png', filename: 'one.png', data: png }

	/** Sends, and waits until a phone has it. */
	async function sent(path: string, body: object, method = 'POST', phone = budi) {
		const answer = await ask(method, path, body)
		assert.equal(answer.status, method === 'POST' ? 201 : 200, answer.text)
		assert.equal(answer.body.id.split('_')[2], answer.body.key.id)
		const { message } = await decrypted(answer.body.key.id, phone)
		return { body: answer.body, message: message as proto.IMessage }
	}

	await t.test('a form without files is read as what its fields are', async () => {
		const fields = { ...chat, latitude: '1.5', longitude: '-2', title: 'Here' }
		const sent = await askByForm('/api/sendLocation', fields)
		assert.equal(sent.status, 201, sent.text)
		const { message } = await decrypted(sent.body.key.id)
		assert.equal(message?.locationMessage?.degreesLatitude, 1.5)
		const choice = { 'poll[name]': '7', 'poll[options][]': '1', 'poll[multipleAnswers]': 'true' }
		const options = new URLSearchParams({ ...chat, ...choice })
		options.append('poll[options][]', '2')
		const poll = await askByForm('/api/sendPoll', options)
		assert.equal(poll.status, 201, poll.text)
		const { message: asked } = await decrypted(poll.body.key.id)
		const { name, options: offered } = asked!.pollCreationMessage ?? asked!.pollCreationMessageV3!
		assert.deepEqual([name, offered?.map(({ optionName }) => optionName)], ['7', ['1', '2']])
		for (const [field, value] of [
			['latitude', 'north'],
			['latitude', ''],
			['latitude', '91'],
			['longitude', '0x1'],
		] as const) {
			const wrong = await askByForm('/api/sendLocation', { ...fields, [field]: value })
			assert.equal(wrong.status, 400, wrong.text)
			assert.match(wrong.text, new RegExp(field))
		}
	})

	await t.test('an image, in base64, as a data URI and without a type', async () => {
		for (const given of [file, { data: `data:image/png;base64,${png}` }, { data: png }]) {
			const { body, message } = await sent('/api/sendImage', {
				...chat,
				file: given,
				caption: 'a pic',
			})
			assert.equal(message.imageMessage?.caption, 'a pic')
			assert.deepEqual([body.hasMedia, body.body], [true, 'a pic'])
		}
	})

	await t.test('a file keeps its name, or gets one', async () => {
		const { message } = await sent('/api/sendFile', { ...chat, file, caption: null })
		assert.equal(message.documentMessage?.fileName, 'one.png')
		const nameless = { mimetype: 'application/pdf', data: png }
		const { message: other } = await sent('/api/sendFile', { ...chat, file: nameless })
		assert.equal(other.documentMessage?.fileName, 'file.pdf')
	})

	await t.test('a voice note is converted, whatever its type says', async () => {
		const voice = { mimetype: 'audio/ogg; codecs=opus', data: await base64(wav) }
		const { message } = await sent('/api/sendVoice', { ...chat, file: voice, convert: true })
		assert.equal(message.audioMessage?.ptt, true)
		assert.match(message.audioMessage!.mimetype!, /^audio\/ogg/)
	})

	await t.test('a video, and a round one', async () => {
		const video = { mimetype: 'video/mp4', data: await base64(mp4) }
		const given = { ...chat, file: video, convert: false, caption: 'clip' }
		const { message } = await sent('/api/sendVideo', { ...given, asNote: false })
		assert.equal(message.videoMessage?.caption, 'clip')
		const { message: round } = await sent('/api/sendVideo', { ...given, asNote: true })
		assert.ok(round.ptvMessage)
	})

	await t.test('a poll for one answer or for all', async () => {
		const poll = { name: 'Which?', options: ['a', 'b', 'c'] }
		for (const [multipleAnswers, most] of [
			[false, 1],
			[true, 0],
		] as const) {
			const { message } = await sent('/api/sendPoll', {
				...chat,
				poll: { ...poll, multipleAnswers },
			})
			const { pollCreationMessage, pollCreationMessageV3 } = message
			const created = pollCreationMessage ?? pollCreationMessageV3
			assert.deepEqual([created?.name, created?.selectableOptionsCount], ['Which?', most])
		}
	})

	await t.test('a vote in a poll', async () => {
		const { body } = await sent('/api/sendPoll', {
			...chat,
			poll: { name: 'Which?', options: ['a', 'b'] },
		})
		const { message } = await sent('/api/sendPollVote', {
			...chat,
			pollMessageId: body.id,
			votes: ['b'],
		})
		assert.equal(message.pollUpdateMessage?.pollCreationMessageKey?.id, body.key.id)
	})

	await t.test('a location, with and without a title', async () => {
		const place = { latitude: 52.52, longitude: 13.405 }
		const { body, message } = await sent('/api/sendLocation', {
			...chat,
			...place,
			title: 'Office',
		})
		assert.equal(message.locationMessage?.name, 'Office')
		assert.partialDeepStrictEqual(body.location, { ...place, live: false, name: 'Office' })
		await sent('/api/sendLocation', { ...chat, ...place })
	})

	await t.test('contacts, of fields and of vCards', async () => {
		const john = {
			fullName: 'John Doe',
			phoneNumber: '+49 151 12345678',
			organization: 'Co',
			vcard: null,
		}
		const path = '/api/sendContactVcard'
		const { body, message } = await sent(path, {
			...chat,
			contacts: [{ ...john, whatsappId: '4915112345678' }],
		})
		assert.match(message.contactMessage!.vcard!, /FN:John Doe[^]*waid=4915112345678/)
		assert.deepEqual(body.vCards, [message.contactMessage!.vcard])
		const vcard =
			'BEGIN:VCARD\nVERSION:3.0\nFN:Jane\nTEL;type=CELL;waid=4915187654321:+49 151 87654321\nEND:VCARD'
		const { message: both } = await sent(path, { ...chat, contacts: [john, { vcard }] })
		const [, jane] = both.contactsArrayMessage!.contacts!
		assert.match(jane!.vcard!, /FN:Jane[^]*waid=4915187654321/)
	})

	await t.test('a list, though not in a group', async () => {
		const message = {
			title: 'Menu',
			button: 'Open',
			sections: [{ title: 'A', rows: [{ title: 'One', rowId: '1' }] }],
		}
		const { message: got } = await sent('/api/sendList', { ...chat, message })
		assert.equal(got.listMessage?.buttonText, 'Open')
		assert.equal(got.listMessage?.sections?.[0]?.rows?.[0]?.rowId, '1')
		const { status } = await ask('POST', '/api/sendList', { ...chat, chatId: group, message })
		assert.equal(status, 422)
	})

	await t.test('buttons of every kind', async () => {
		const { message } = await sent('/api/sendButtons', {
			...chat,
			header: 'Which day?',
			body: 'Tell us',
			footer: 'Foot',
			buttons: [
				{ type: 'reply', text: 'Good' },
				{ type: 'url', text: 'Web', url: 'https://example.com' },
				{ type: 'call', text: 'Call', phoneNumber: '+49151' },
				{ type: 'copy', text: 'Copy', copyCode: 'X1' },
			],
		})
		const interactive =
			message.interactiveMessage ?? message.viewOnceMessage?.message?.interactiveMessage
		assert.equal(interactive?.body?.text, 'Tell us')
		assert.equal(interactive?.nativeFlowMessage?.buttons?.length, 4)
		const bad = { ...chat, body: 'x', buttons: [{ type: 'url', text: 'Web' }] }
		assert.equal((await ask('POST', '/api/sendButtons', bad)).status, 400)
	})

	await t.test('a message is forwarded into another chat', async () => {
		const { body: first } = await sent('/api/sendText', { ...chat, text: 'Once' })
		const { body } = await sent(
			'/api/forwardMessage',
			{ ...chat, chatId: `${sari.account.phone}@c.us`, messageId: first.id },
			'POST',
			sari,
		)
		assert.deepEqual([body.body, body.from], ['Once', `${sari.account.phone}@c.us`])
		const messageId = `true_${TO}@c.us_3EB0FFFFFFFFFFFFFFFFFF`
		const unknown = await ask('POST', '/api/forwardMessage', { ...chat, messageId })
		assert.deepEqual(
			[unknown.status, unknown.body.message],
			[422, `Message with id '${messageId}' not found`],
		)
	})

	await t.test('a reaction goes to the chat in the id, and is taken back', async () => {
		const id = `false_${TO}@c.us_${await budiWrites('React to this')}`
		const { message } = await sent(
			'/api/reaction',
			{ session: 'main', messageId: id, reaction: '👍' },
			'PUT',
		)
		assert.equal(message.reactionMessage?.text, '👍')
		await sent('/api/reaction', { session: 'main', messageId: id, reaction: '' }, 'PUT')
		for (const messageId of ['3EB0', 'a_b_c_d_e', 'true_nowhere_3EB0']) {
			const { status, body } = await ask('PUT', '/api/reaction', {
				...{ session: 'main', messageId, reaction: '👍' },
			})
			assert.deepEqual([status, body.statusCode], [422, 422], messageId)
		}
	})

	await t.test('mentions, of some and of all', async () => {
		const given = { session: 'main', chatId: group, text: `hi @${TO}` }
		const { message } = await sent('/api/sendText', { ...given, mentions: [`${TO}@c.us`] })
		assert.equal(message.extendedTextMessage?.contextInfo?.mentionedJid?.length, 1)
		const { message: all } = await sent('/api/sendText', { ...given, mentions: ['all'] })
		assert.equal(all.extendedTextMessage?.contextInfo?.nonJidMentions, 1)
	})

	await t.test(
		'an id that was chosen is used once, and repeating it does not send again',
		async () => {
			const { body: made } = await ask('GET', '/api/main/new-message-id')
			const given = { ...chat, text: 'own id', id: made.id }
			const { body } = await sent('/api/sendText', given)
			assert.equal(body.key.id, made.id)
			const again = await ask('POST', '/api/sendText', given)
			assert.deepEqual([again.status, again.body.id], [201, body.id])
			assert.equal((await ask('POST', '/api/sendText', { ...given, text: 'other' })).status, 422)
			const taken = { ...given, id: await budiWrites('mine') }
			assert.equal((await ask('POST', '/api/sendText', taken)).status, 422)
			assert.equal((await ask('POST', '/api/sendText', { ...given, id: 'a b' })).status, 400)
		},
	)

	await t.test('old spellings of a text', async () => {
		const { body: first } = await sent('/api/sendText', { ...chat, text: 'First' })
		const { body: reply } = await sent('/api/reply', { ...chat, text: 're', reply_to: first.id })
		assert.equal(reply.replyTo.body, 'First')
		assert.equal((await ask('POST', '/api/reply', { ...chat, text: 're' })).status, 400)
		const link = { ...chat, url: 'https://example.com', title: 'A title' }
		const { body: linked } = await sent('/api/sendLinkPreview', link)
		assert.equal(linked.body, 'A title\nhttps://example.com')
		const path = `/api/sendText?phone=${TO}&text=By%20GET&session=main`
		const { status, body } = await ask('GET', path)
		assert.equal(status, 200)
		assert.equal((await decrypted(body.key.id)).message?.extendedTextMessage?.text, 'By GET')
		assert.notEqual((await ask('HEAD', path)).status, 200)
	})

	await t.test('a link has the preview that the request says', async () => {
		const preview = { url: 'https://example.com/', title: 'Title', description: 'Text' }
		const given = { ...chat, text: 'Look https://example.com/', preview }
		const path = '/api/send/link-custom-preview'
		for (const image of [undefined, { data: png }]) {
			const { message } = await sent(path, { ...given, preview: { ...preview, image } })
			const { extendedTextMessage: text } = message
			assert.deepEqual(
				[text?.matchedText, text?.title, text?.description, Boolean(text?.jpegThumbnail?.length)],
				['https://example.com/', 'Title', 'Text', image !== undefined],
			)
		}
		assert.equal((await ask('POST', path, { ...given, text: 'No link' })).status, 422)
	})

	await t.test('typing, a star and seen are answered as there', async () => {
		for (const word of ['startTyping', 'stopTyping']) {
			const { status, body } = await ask('POST', `/api/${word}`, chat)
			assert.deepEqual([status, body], [201, { result: true }])
		}
		const bare = await budiWrites('Read this')
		const messageId = `false_${TO}@c.us_${bare}`
		for (const star of [true, false]) {
			const { status, text } = await ask('PUT', '/api/star', { ...chat, messageId, star })
			assert.deepEqual([status, text], [200, ''])
		}
		for (const ids of [[messageId], [bare], [`true_${TO}@c.us_3EB0AA`]]) {
			const { status, text } = await ask('POST', '/api/sendSeen', { ...chat, messageIds: ids })
			assert.deepEqual([status, text], [201, ''])
		}
		const { paths } = (await ask('GET', '/openapi.json')).body
		assert.equal(paths['/api/sendSeen'].post.responses[201]['x-may-be-empty'], true)
		const { body } = await ask('POST', '/api/sendSeen', { ...chat, participant: '' })
		assert.ok(body.ids.includes(messageId))
	})

	await t.test('what cannot be sent is refused in the words of its fields', async () => {
		const cases: [path: string, body: object, status: number, field: string][] = [
			['sendImage', { ...chat, file: { mimetype: 'image/png' } }, 400, 'file'],
			['sendImage', chat, 400, 'file'],
			['sendPoll', { ...chat, poll: { name: 'x', options: ['a'] } }, 400, 'poll.options'],
			['sendLocation', { ...chat, latitude: 'far', longitude: 1 }, 400, 'latitude'],
			['sendLocation', { ...chat, latitude: 1000, longitude: 1 }, 400, 'latitude'],
			['sendContactVcard', { ...chat, contacts: [{ fullName: 'x' }] }, 400, 'contacts'],
			['sendContactVcard', { ...chat, contacts: [] }, 400, 'contacts'],
			['sendText', { ...chat, text: '' }, 400, 'text'],
		]
		for (const [path, body, expected, field] of cases) {
			const answer = await ask('POST', `/api/${path}`, body)
			assert.equal(answer.status, expected, answer.text)
			assert.match(String(answer.body.message), new RegExp(field), path)
		}
		const buttons = await ask('POST', '/api/send/buttons/reply', chat)
		assert.deepEqual([buttons.status, buttons.body.error], [501, 'Not Implemented'])
	})
})
