import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import sharp from 'sharp'
import type { MessageDefinition } from '../../../gateway/src/messages/define.ts'
import { messageTypes } from '../../../gateway/src/messages/index.ts'
import {
	ADMIN_KEY,
	CONVERTING_S,
	linkedGateway,
	temporaryDirectory,
} from '../../support/gateway/gateway.ts'

const MAX_FILE_BYTES = 4 * 1024 * 1024

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t, { maxMediaBytes: MAX_FILE_BYTES, sendTimeout: CONVERTING_S })
	const { gateway, ada } = world

	async function post(type: string, body: string | FormData | ReadableStream, headers = {}) {
		const request: RequestInit & { duplex: 'half' } = {
			method: 'POST',
			headers: { 'x-api-key': ADMIN_KEY, ...headers },
			body,
			duplex: 'half',
		}
		const answer = await gateway.app.request(`/api/v1/sessions/main/messages/${type}`, request)
		return { status: answer.status, body: (await answer.json()) as any }
	}

	return {
		...world,
		post,
		sends: (type: string, body: object) =>
			post(type, JSON.stringify({ to: ada.account.phone, ...body }), {
				'content-type': 'application/json',
			}),
		arrived: (id: string) => ada.receives((received) => received.id === id),
		leftovers: () => readdir(join(gateway.dataDir, 'tmp')),
	}
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function makeFiles(t: TestContext) {
	const directory = await temporaryDirectory(t)
	async function ffmpeg(name: string, ...options: string[]) {
		const path = join(directory, name)
		execFileSync('ffmpeg', ['-v', 'error', ...options, path])
		return readFile(path)
	}
	const picture = sharp({ create: { width: 96, height: 64, channels: 3, background: 'teal' } })
	return {
		jpeg: await picture.clone().jpeg().toBuffer(),
		png: await picture.clone().png().toBuffer(),
		mp4: await ffmpeg(
			'a.mp4',
			...['-f', 'lavfi', '-i', 'testsrc=duration=2:size=64x48:rate=10', '-pix_fmt', 'yuv420p'],
		),
		wav: await ffmpeg('a.wav', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=2'),
		bytes: randomBytes(100_000),
	}
}

type Files = Awaited<ReturnType<typeof makeFiles>>
type Case = {
	body(files: Files): object
	/** What the phone shows of it. */
	shows(message: proto.IMessage): unknown
	expected: unknown
}

const data = (bytes: Buffer) => ({ data: bytes.toString('base64') })

const cases: Record<string, Case> = {
	image: {
		body: ({ png }) => ({ image: data(png), caption: 'teal' }),
		shows: ({ imageMessage: image }) => [
			image?.width,
			image?.height,
			image?.caption,
			(image?.jpegThumbnail?.length ?? 0) > 100,
		],
		expected: [96, 64, 'teal', true],
	},
	video: {
		body: ({ mp4 }) => ({ video: data(mp4) }),
		shows: ({ videoMessage: video }) => [
			video?.seconds,
			video?.width,
			video?.mimetype,
			!!video?.gifPlayback,
			(video?.jpegThumbnail?.length ?? 0) > 100,
		],
		expected: [2, 64, 'video/mp4', false, true],
	},
	gif: {
		body: ({ mp4 }) => ({ video: data(mp4) }),
		shows: ({ videoMessage: video }) => [video?.seconds, video?.gifPlayback],
		expected: [2, true],
	},
	'video-note': {
		body: ({ mp4 }) => ({ video: data(mp4) }),
		shows: ({ ptvMessage: note }) => [note?.seconds, note?.mimetype],
		expected: [2, 'video/mp4'],
	},
	audio: {
		body: ({ wav }) => ({ audio: data(wav), ptt: true }),
		shows: ({ audioMessage: audio }) => [audio?.seconds, audio?.ptt, audio?.waveform?.length],
		expected: [2, true, 64],
	},
	voice: {
		body: ({ wav }) => ({ audio: data(wav) }),
		shows: ({ audioMessage: audio }) => [audio?.mimetype, audio?.ptt, audio?.waveform?.length],
		expected: ['audio/ogg; codecs=opus', true, 64],
	},
	document: {
		body: ({ bytes }) => ({ document: data(bytes), filename: 'noise.bin' }),
		shows: ({ documentMessage: file }) => [file?.fileName, Number(file?.fileLength)],
		expected: ['noise.bin', 100_000],
	},
	interactive: {
		body: ({ png }) => ({
			body_text: 'Choose',
			header_image: data(png),
			buttons: [{ name: 'quick_reply', button_params_json: '{"display_text":"Yes","id":"1"}' }],
		}),
		shows: ({ interactiveMessage: message }) => [
			message?.header?.hasMediaAttachment,
			message?.header?.imageMessage?.width,
			message?.body?.text,
		],
		expected: [true, 96, 'Choose'],
	},
	sticker: {
		body: ({ png }) => ({ sticker: data(png) }),
		shows: ({ stickerMessage: sticker }) => [sticker?.mimetype, sticker?.width],
		expected: ['image/webp', 512],
	},
	'view-once': {
		body: ({ jpeg }) => ({ image: data(jpeg) }),
		shows: ({ viewOnceMessage: once }) => [once?.message?.imageMessage?.width],
		expected: [96],
	},
	album: {
		body: ({ jpeg, mp4 }) => ({ items: [{ image: data(jpeg) }, { video: data(mp4) }] }),
		shows: ({ albumMessage: album }) => album?.expectedImageCount,
		expected: 1,
	},
	product: {
		body: ({ png }) => ({
			image: data(png),
			product_id: '1',
			seller_jid: '4930123456',
			title: 'Hat',
		}),
		shows({ productMessage: message }) {
			const image = message?.product?.productImage
			return [image?.width, image?.height, image?.directPath !== undefined]
		},
		expected: [96, 64, true],
	},
}

// Of these a phone fetches nothing by itself.
const without = ['album', 'product']

test('the file of every type reaches the phone, and leaves nothing in the gateway', async (t) => {
	const { sends, arrived, leftovers } = await openWorld(t)
	const files = await makeFiles(t)
	for (const { type, media } of messageTypes as readonly MessageDefinition[]) {
		if (!media) continue
		const { body, shows, expected } = cases[type] ?? assert.fail(`${type} has no case here`)
		await t.test(type, async () => {
			const sent = await sends(type, body(files))
			assert.equal(sent.status, 200, JSON.stringify(sent.body))
			const { message, media, mediaError } = await arrived(sent.body.message_id)
			assert.deepEqual(shows(message!), expected)
			assert.equal(mediaError, undefined)
			if (!without.includes(type)) assert.ok(media!.size > 0)
			assert.deepEqual(await leftovers(), [])
		})
	}
})

test('a form brings a file, however it is cut into chunks', async (t) => {
	const { post, arrived, leftovers, ada } = await openWorld(t)
	// What looks like the end of a part must not end it.
	const tricky = Buffer.from('\r\n--cut\r\n--cut-\r\n\r\n--cu\r\n-')
	const bytes = Buffer.concat([tricky, randomBytes(500), tricky])
	const head = (name: string, more = '') =>
		`\r\n--cut-x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`
	const body = Buffer.concat([
		Buffer.from(`${head('to').slice(2)}${ada.account.phone}`),
		Buffer.from(head('document', '; filename="añ %22b%22.bin"')),
		bytes,
		Buffer.from('\r\n--cut-x--\r\n'),
	])
	for (const size of [1, 7, body.length]) {
		const chunks = Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
			body.subarray(index * size, (index + 1) * size),
		)
		const { status, body: sent } = await post('document', ReadableStream.from(chunks), {
			'content-type': 'multipart/form-data; boundary=cut-x',
		})
		assert.equal(status, 200, JSON.stringify(sent))
		const { message, media } = await arrived(sent.message_id)
		assert.equal(message!.documentMessage?.fileName, 'añ "b".bin')
		assert.equal(media?.sha256, sha256(bytes))
	}
	assert.deepEqual(await leftovers(), [])
})

test('the same form with the same idempotency key sends once, another file is refused', async (t) => {
	const { post, ada, arrived } = await openWorld(t)
	const send = (bytes: Buffer) => {
		const form = new FormData()
		form.append('to', ada.account.phone)
		form.append('document', new File([new Uint8Array(bytes)], 'a.bin'))
		return post('document', form, { 'idempotency-key': 'file-1' })
	}
	const first = await send(Buffer.from('one'))
	const again = await send(Buffer.from('one'))
	assert.deepEqual(again, first)
	assert.equal((await arrived(first.body.message_id)).copies, 1)
	const other = await send(Buffer.from('two'))
	assert.deepEqual([other.status, other.body.code], [422, 'idempotency_key_reused'])
})

test('an invalid file is refused naming its field', async (t) => {
	const { sends, leftovers, ada } = await openWorld(t)
	const large = randomBytes(MAX_FILE_BYTES + 1)
	const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
	const good = { image: data(await picture.png().toBuffer()) }
	const bad = { image: data(Buffer.from('no')) }
	const refused: [string, object, number, string][] = [
		['image', { image: data(Buffer.from('no picture')) }, 415, 'image'],
		['image', { image: { url: 'http://127.0.0.1:9/a.jpg' } }, 400, 'image'],
		['image', { image: { path: '/etc/passwd' } }, 400, 'image'],
		['document', { document: data(large), filename: 'a' }, 413, 'document'],
		['album', { items: [good, bad] }, 415, 'items.1.image'],
		['album', { items: [bad, good] }, 415, 'items.0.image'],
	]
	for (const [type, body, status, field] of refused) {
		const answer = await sends(type, body)
		assert.deepEqual(
			[answer.status, answer.body.field],
			[status, field],
			JSON.stringify(answer.body),
		)
	}
	assert.deepEqual(await leftovers(), [])
	assert.deepEqual(ada.inbox.entries, [])
})
