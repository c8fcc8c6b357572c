import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { clip, h264, make, plain, tone } from '../../../../support/media/fixtures.ts'
import { openServer } from '../../../../support/media/server.ts'
import { temporaryDirectory } from '../../../../support/gateway/gateway.ts'
import { openSends } from '../support/evolution-sends.ts'

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
