import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import sharp from 'sharp'
import { until } from '../../../support/wait.ts'
import { ADMIN_KEY } from '../../../support/gateway/gateway.ts'
import { mediaPath, openFileWorld, sha256 } from '../../../support/gateway/files.ts'

const pixel = () =>
	sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
		.jpeg()
		.toBuffer()

test('every kind of file that a phone sends is answered byte by byte', async (t) => {
	const { ada, adaSends, ask, leftovers } = await openFileWorld(t)
	for (const [type, mimetype, extras, filename] of [
		['image', 'image/jpeg', {}, (id: string) => `${id}.jpg`],
		['video', 'video/mp4', { caption: 'a film' }, (id: string) => `${id}.mp4`],
		['audio', 'audio/ogg; codecs=opus', { ptt: true }, (id: string) => `${id}.ogg`],
		['document', 'application/pdf', { filename: 'bill.pdf', caption: 'pay' }, () => 'bill.pdf'],
		['document', 'application/pdf', { filename: 'bill.pdf' }, () => 'bill.pdf'],
		['sticker', 'image/webp', {}, (id: string) => `${id}.webp`],
	] as const) {
		const data = randomBytes(70_001)
		const id = await adaSends(await ada.media.attach(type, { data, mimetype, ...extras }))
		const { status, headers, bytes } = await ask('GET', mediaPath(id))
		assert.equal(status, 200)
		assert.ok(bytes.equals(data), type)
		assert.equal(headers.get('content-type'), mimetype)
		assert.equal(headers.get('content-length'), String(data.length))
		assert.match(headers.get('content-disposition')!, /^attachment; /)
		assert.ok(headers.get('content-disposition')!.includes(`filename="${filename(id)}"`))
		assert.match(headers.get('content-security-policy')!, /default-src 'none'/)
	}
	await until('nothing of them stays here', async () => !(await leftovers()).length)
})

test('a file that is to be viewed once, disappears, or is a header is answered as well', async (t) => {
	const { ada, adaSends, ask } = await openFileWorld(t)
	const data = randomBytes(1_000)
	const message = await ada.media.attach('image', { data, mimetype: 'image/png' })
	const header = { ...message, hasMediaAttachment: true }
	for (const wrapped of [
		{ viewOnceMessageV2: { message } },
		{ ephemeralMessage: { message: { viewOnceMessage: { message } } } },
		{ interactiveMessage: { header, body: { text: 'press' }, nativeFlowMessage: {} } },
	]) {
		const id = await adaSends(wrapped)
		assert.ok((await ask('GET', mediaPath(id))).bytes.equals(data))
	}
})

test('a file as JSON has the bytes in base64 and its facts', async (t) => {
	const { adaSendsFile, ask } = await openFileWorld(t)
	// Around the sizes at which base64 pads, and at which files are read.
	for (const size of [1, 2, 3, 65_535, 65_536, 65_537, 200_000]) {
		const { id, data } = await adaSendsFile(randomBytes(size))
		const { headers, bytes } = await ask('GET', mediaPath(id), { accept: 'application/json' })
		const { data: encoded, ...facts } = JSON.parse(bytes.toString())
		assert.ok(encoded === data.toString('base64'), `${size} bytes`)
		assert.deepEqual(facts, {
			mimetype: 'application/pdf',
			filename: 'a.pdf',
			size,
			sha256: sha256(data),
		})
		assert.equal(headers.get('content-type'), 'application/json')
		assert.equal(headers.get('content-length'), String(bytes.length))
		const asked = await ask('GET', `${mediaPath(id)}?format=json`)
		assert.ok(asked.bytes.equals(bytes))
	}
})

test('HEAD answers with the headers of a GET', async (t) => {
	const { adaSendsFile, ask } = await openFileWorld(t)
	const { id } = await adaSendsFile()
	const [head, get] = [await ask('HEAD', mediaPath(id)), await ask('GET', mediaPath(id))]
	assert.equal(head.status, 200)
	assert.equal(head.bytes.length, 0)
	assert.deepEqual([...head.headers], [...get.headers])
})

test('files that were sent are served as well, and every part of an album', async (t) => {
	const { ada, post, ask } = await openFileWorld(t)
	const [one, two] = [
		await pixel(),
		await sharp(await pixel())
			.rotate(90)
			.jpeg()
			.toBuffer(),
	]
	const image = (bytes: Buffer) => ({ image: { data: bytes.toString('base64') } })
	const sent = await post('/messages/album', {
		to: ada.account.phone,
		items: [image(one), image(two)],
	})
	const { message_id: id } = sent.body
	assert.equal((await ask('GET', mediaPath(id))).status, 404)
	const parts = await Promise.all(
		[1, 2].map((n) => ada.receives((entry) => entry.id !== id && entry.seq > n)),
	)
	const hashes = parts.map(async (part) => sha256((await ask('GET', mediaPath(part.id))).bytes))
	assert.deepEqual(
		await Promise.all(hashes),
		parts.map(({ media }) => media!.sha256),
	)
	assert.equal(new Set(parts.map(({ id: part }) => part)).size, 2)
})

for (const status of [404, 410] as const)
	test(`a file that WhatsApp has forgotten (${status}) comes from the own phone, which is asked once`, async (t) => {
		const { sandbox, owner, ada, adaSendsFile, ask } = await openFileWorld(t)
		const { id, data } = await adaSendsFile()
		await owner.receives((entry) => entry.id === id)
		await sandbox.whatsapp.media.loses(ada.account.phone, status)
		for (let n = 0; n < 2; n++) assert.ok((await ask('GET', mediaPath(id))).bytes.equals(data))
		const asked = sandbox.whatsapp.log.list(
			({ stanza }) => stanza.tag === 'receipt' && stanza.attrs.type === 'server-error',
		)
		assert.equal(asked.length, 1)
	})

test('a file that neither WhatsApp nor the phone has is 410', async (t) => {
	const { sandbox, owner, ada, adaSends, gateway } = await openFileWorld(t)
	owner.incoming.listens = false
	const data = randomBytes(500)
	const id = await adaSends(await ada.media.attach('image', { data, mimetype: 'image/png' }))
	await sandbox.whatsapp.media.loses(ada.account.phone)
	const { status, body } = await gateway.request('GET', mediaPath(id))
	assert.deepEqual([status, body?.code], [410, 'media_gone'])
})

test('a message without a file is reported as such', async (t) => {
	const { adaSends, gateway } = await openFileWorld(t)
	const id = await adaSends({ conversation: 'only words' })
	const none = await gateway.request('GET', mediaPath(id))
	assert.deepEqual([none.status, none.body.code], [404, 'no_media'])
	const unknown = await gateway.request('GET', mediaPath('NEVER'))
	assert.deepEqual([unknown.status, unknown.body.code], [404, 'message_not_found'])
	const stranger = await gateway.request('GET', mediaPath(id), undefined, {})
	assert.equal(stranger.status, 401)
})

test('a file that is larger than the limit is refused', async (t) => {
	const { adaSendsFile, gateway, leftovers } = await openFileWorld(t, { maxMediaBytes: 10_000 })
	const { id } = await adaSendsFile(randomBytes(10_001))
	const { status, body } = await gateway.request('GET', mediaPath(id))
	assert.deepEqual([status, body.code], [413, 'media_too_large'])
	assert.deepEqual(await leftovers(), [])
})

test('a key of one session does not get the files of another', async (t) => {
	const { adaSendsFile, ask, gateway } = await openFileWorld(t)
	const { id } = await adaSendsFile()
	const made = await gateway.request('POST', '/api/v1/keys', {
		name: 'other',
		role: 'member',
		sessions: ['other'],
	})
	assert.notEqual(made.body.key, ADMIN_KEY)
	const { status } = await ask('GET', mediaPath(id), { 'x-api-key': made.body.key })
	assert.equal(status, 404)
})

test('a caption that is changed takes the file from no message, and its event links to it', async (t) => {
	const { ada, owner, adaSends, ask, gateway } = await openFileWorld(t)
	const data = randomBytes(2_000)
	const message = await ada.media.attach('image', { data, mimetype: 'image/png', caption: 'one' })
	const id = await adaSends(message)
	await ada.sends(
		{
			protocolMessage: {
				key: { id, fromMe: true, remoteJid: `${owner.account.phone}@s.whatsapp.net` },
				type: 14,
				editedMessage: { imageMessage: { caption: 'two' } },
			},
		},
		{ to: owner },
	)
	const edited = await until('the change is told', async () => {
		const { body } = await gateway.request('GET', '/api/v1/sessions/main/events?limit=1000')
		return body.events.find(({ type }: any) => type === 'message.edited')
	})
	assert.deepEqual([edited.data.message_id, edited.data.caption], [id, 'two'])
	assert.equal(edited.data.media.mimetype, 'image/png')
	const link = new URL(edited.data.media.url).pathname
	for (const path of [mediaPath(id), link]) assert.ok((await ask('GET', path)).bytes.equals(data))
})
