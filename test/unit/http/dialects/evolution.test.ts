import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import qrcode from 'qrcode'
import { contentOf } from '../../../../gateway/src/http/dialects/evolution/content.ts'
import {
	instanceIdOf,
	instanceNameOf,
	sessionIdOf,
} from '../../../../gateway/src/http/dialects/evolution/instance-ids.ts'
import { qrImage } from '../../../../gateway/src/http/dialects/evolution/qr-image.ts'
import { signedToken } from '../../../../gateway/src/http/dialects/evolution/jwt.ts'
import {
	eventNameOf,
	feedsFor,
	subscriptions,
} from '../../../../gateway/src/http/dialects/evolution/webhook-names.ts'
import { sourceOf } from '../../../../gateway/src/http/dialects/evolution/message-object.ts'
import { readNumber } from '../../../../gateway/src/http/dialects/evolution/number.ts'

test('a number is read as Evolution reads it, the likeliest spelling first', () => {
	const phones: [given: string, ...spellings: string[]][] = [
		['4915112345678', '4915112345678'],
		['+49 (151) 12345678', '4915112345678'],
		['\u202a+49 151 12345678\u202c', '4915112345678'],
		['5511987654321', '5511987654321', '551187654321'],
		['5531987654321', '553187654321', '5531987654321'],
		['+55 (31) 98765-4321', '553187654321', '5531987654321'],
		['5531987654321@c.us', '553187654321', '5531987654321'],
		['5531967654321', '5531967654321', '553167654321'],
		['553187654321', '553187654321', '5531987654321'],
		['553133334444', '553133334444'],
		['5531987654321@s.whatsapp.net', '5531987654321', '553187654321'],
		['5511987654321:12@s.whatsapp.net', '5511987654321', '551187654321'],
		['5215512345678', '525512345678', '5215512345678'],
		['525512345678', '525512345678', '5215512345678'],
		['5491123456789', '541123456789', '5491123456789'],
		['541123456789@s.whatsapp.net', '541123456789', '5491123456789'],
	]
	for (const [given, ...spellings] of phones)
		assert.deepEqual(readNumber(given), { phones: spellings }, given)
	const ids: [given: string, jid: string][] = [
		['120363021033254949', '120363021033254949@g.us'],
		['120363021033254949@g.us', '120363021033254949@g.us'],
		['5511987654321-1528392837', '5511987654321-1528392837@g.us'],
		['123456789012345@lid', '123456789012345@lid'],
		['123456789012345:3@lid', '123456789012345@lid'],
		['123456789012345@lid@s.whatsapp.net', '123456789012345@lid'],
		['120363000000000000@newsletter', '120363000000000000@newsletter'],
		['status@broadcast', 'status@broadcast'],
	]
	for (const [given, jid] of ids) assert.deepEqual(readNumber(given), { jid }, given)
	for (const given of [
		'abc',
		'',
		'@s.whatsapp.net',
		'abc@s.whatsapp.net',
		'1(@g.us',
		'x@newsletter',
		'a4915112345678',
		'123',
	])
		assert.equal(readNumber(given), undefined, given)
})

test('an instance has one id for each name, and its name again', () => {
	for (const name of ['shop', 'shop-1_A', 'x'.repeat(64)]) assert.equal(sessionIdOf(name), name)
	const odd = ['Loja São Paulo', 'Loja Sao Paulo', 'a/b', '-shop', '日本', ' ', 'x'.repeat(300)]
	const ids = odd.map(sessionIdOf)
	assert.equal(new Set(ids).size, odd.length)
	for (const [index, name] of odd.entries()) {
		const id = ids[index]!
		assert.match(id, /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
		assert.equal(sessionIdOf(id), id)
		assert.equal(instanceNameOf({ id, name }), name)
	}
	assert.equal(instanceNameOf({ id: 'main', name: 'Our shop' }), 'main')
	assert.equal(instanceIdOf('main'), instanceIdOf('main'))
	assert.notEqual(instanceIdOf('main'), instanceIdOf('Main'))
})

test('the id of a message tells what has sent it', () => {
	const sources = {
		'3A0123456789ABCDEF01': 'ios',
		'3EB0123456789ABCDEF012': 'web',
		'0123456789ABCDEF0123456789ABCDEF': 'android',
		'3F0123456789ABCDEF': 'desktop',
		X: 'unknown',
	}
	for (const [id, source] of Object.entries(sources)) assert.equal(sourceOf(id), source, id)
})

test('every text is `conversation`, in its wrappers and in a quote, with the context beside', () => {
	const quoted = { extendedTextMessage: { text: 'What?' } }
	const contextInfo = { stanzaId: '3EB0', quotedMessage: quoted }
	const text = { extendedTextMessage: { text: 'That', contextInfo } }
	const messageContextInfo = { messageSecret: 'AAEC' }
	for (const message of [
		text,
		{ messageContextInfo, ...text },
		{ ephemeralMessage: { message: text } },
		{ messageContextInfo, deviceSentMessage: { message: { ephemeralMessage: { message: text } } } },
	]) {
		const content = contentOf(message)
		assert.equal(content.messageType, 'conversation')
		assert.equal(content.message.conversation, 'That')
		assert.ok(!('extendedTextMessage' in content.message))
		assert.equal(content.contextInfo?.stanzaId, '3EB0')
		assert.deepEqual(content.contextInfo?.quotedMessage, { conversation: 'What?' })
	}
	assert.deepEqual(contentOf({ conversation: 'Hi' }), {
		message: { conversation: 'Hi' },
		messageType: 'conversation',
		contextInfo: null,
	})
	const documentMessage = { fileName: 'a.pdf', fileLength: '12', mediaKey: 'AAEC' }
	const document = contentOf({ documentWithCaptionMessage: { message: { documentMessage } } })
	assert.equal(document.messageType, 'documentMessage')
	assert.deepEqual(document.message.documentMessage, { ...documentMessage, fileLength: 12 })
	assert.equal(contentOf({}).messageType, 'unknown')
	const once = contentOf({ viewOnceMessageV2: { message: { imageMessage: {} } } })
	assert.equal(once.messageType, 'viewOnceMessageV2')
})

test('the picture of a QR code shows its squares, with white around them', async () => {
	const text = '2@AbCdEf,1,2,3=='
	const uri = qrImage(text)
	assert.equal(qrImage(text), uri)
	const png = Buffer.from(uri.replace('data:image/png;base64,', ''), 'base64')
	const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
	const { modules } = qrcode.create(text, { errorCorrectionLevel: 'L' })
	assert.deepEqual([info.width, info.height], [(modules.size + 8) * 8, (modules.size + 8) * 8])
	const isDark = (row: number, column: number) => {
		const at = (row + 4) * 8 * info.width + (column + 4) * 8
		return data[at * info.channels]! < 128
	}
	for (let row = 0; row < modules.size; row++)
		for (let column = 0; column < modules.size; column++)
			assert.equal(isDark(row, column), modules.get(row, column) !== 0, `${row}, ${column}`)
	assert.ok(!isDark(-1, -1) && !isDark(modules.size, modules.size))
})

test('a token is the one that other makers of tokens make', () => {
	// Made with Python's hmac and base64.
	assert.equal(
		signedToken({ iat: 1516239022, name: 'John Doe' }, 'a-secret'),
		'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE1MTYyMzkwMjIsIm5hbWUiOiJKb2huIERvZSJ9.9F96sAuU7HavpnKiq2XFa_C11dki_RoOzITV5Lp-icM',
	)
})

test('every subscription has the name of an event, and asks for large feeds only where it needs them', () => {
	const odd = Object.fromEntries(
		subscriptions
			.map((name) => [name, eventNameOf(name)] as const)
			.filter(([name, event]) => event !== name.toLowerCase().replaceAll('_', '.')),
	)
	assert.deepEqual(odd, {
		GROUP_UPDATE: 'groups.update',
		GROUP_PARTICIPANTS_UPDATE: 'group-participants.update',
	})
	assert.equal(eventNameOf('GROUPS_UPDATE'), 'groups.update')
	assert.deepEqual(feedsFor(['MESSAGES_UPSERT']), ['*'])
	assert.deepEqual(feedsFor(['SEND_MESSAGE']), ['*', 'message.outgoing'])
	assert.deepEqual(feedsFor(subscriptions), ['*', 'history.*', 'message.outgoing'])
})
