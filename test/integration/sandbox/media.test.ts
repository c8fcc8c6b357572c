import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import {
	downloadContentFromMessage,
	downloadMediaMessage,
	extractMessageContent,
	type AnyMessageContent,
	type WAMessage,
} from '@whiskeysockets/baileys'
import { createNetworks, type Network } from '../../../gateway/src/session/connection/network.ts'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'

const AYSE = '905320000002@s.whatsapp.net'
const MEGABYTE = 2 ** 20

let sandbox: Sandbox
let control: Control
let shop: Phone
let ayse: Phone
let client: BaileysClient
/** What Baileys is told of the media host: the settings of the gateway. */
let network: Network['socket']

before(async () => {
	sandbox = await startSandbox({ servesControl: true })
	control = controlOf(sandbox)
	const { media_ca: mediaCa } = await control.get('')
	network = createNetworks({ mediaCa: mediaCa as string }).through(null).socket
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	client = await new BaileysClient(sandbox, network).link(shop)
})
after(async () => {
	await client.end()
	await sandbox.close()
})

const sends = async (content: AnyMessageContent) =>
	(await client.socket.sendMessage(AYSE, content))!.key.id!

/** Ayşe writes over HTTP. @returns the message as the client has it */
async function ayseSends(said: object): Promise<WAMessage> {
	const answer = await control.post(`/phones/${ayse.account.phone}/messages`, {
		to: '491700000001',
		...said,
	})
	const { id } = (await answer.json()) as { id: string }
	return until(`message ${id}`, () => client.messages.find(({ key }) => key.id === id))
}

const download = (message: WAMessage) =>
	downloadMediaMessage(message, 'buffer', { options: network.options! })

const statusOf = (download: Promise<unknown>) =>
	download.then(
		() => 200,
		(error: { output?: { statusCode: number } }) => error.output?.statusCode,
	)

test('an image reaches the phone, which has its very bytes', async () => {
	const image = randomBytes(100_000)
	const jpegThumbnail = ''
	const id = await sends({ image, caption: 'look', mimetype: 'image/jpeg', jpegThumbnail })
	const received = await ayse.receives((entry) => entry.id === id)
	assert.equal(received.mediaError, undefined)
	assert.equal(received.media?.size, image.length)
	const { messages } = await control.get('/phones/905320000002/messages')
	const shown = (messages as (typeof received)[]).find((entry) => entry.id === id)
	assert.deepEqual(shown?.media, received.media)
	const file = await control.fetch(`/phones/905320000002/messages/${id}/media`)
	assert.equal(file.headers.get('content-type'), 'image/jpeg')
	assert.deepEqual(Buffer.from(await file.arrayBuffer()), image)
})

test('a text has no file', async () => {
	const id = await client.says(AYSE, 'only words')
	const { media } = await ayse.receives('only words')
	assert.equal(media, undefined)
	const file = await control.fetch(`/phones/905320000002/messages/${id}/media`)
	assert.equal(file.status, 404)
})

for (const [type, mimetype, extras, shown] of [
	['image', 'image/png', { caption: 'a picture' }, { caption: 'a picture' }],
	['video', 'video/mp4', { caption: 'a film' }, { caption: 'a film' }],
	['audio', 'audio/ogg; codecs=opus', { ptt: true }, { ptt: true }],
	['document', 'application/pdf', { filename: 'bill.pdf' }, { fileName: 'bill.pdf' }],
	['document', 'application/pdf', { caption: 'please pay' }, { caption: 'please pay' }],
	['sticker', 'image/webp', {}, {}],
] as const)
	test(`the client downloads the very bytes of a phone's ${[type, ...Object.keys(extras)].join(' with ')}`, async () => {
		const data = randomBytes(50_001)
		const message = await ayseSends({
			[type]: { data: data.toString('base64'), mimetype },
			...extras,
		})
		const file = extractMessageContent(message.message)![`${type}Message`]!
		assert.partialDeepStrictEqual(file, { mimetype, ...shown })
		assert.deepEqual(await download(message), data)
	})

test('a part of a file can be asked for', async () => {
	const data = randomBytes(10_000)
	const mimetype = 'application/octet-stream'
	const message = await ayseSends({ document: { data: data.toString('base64'), mimetype } })
	const file = message.message!.documentMessage!
	const range = { startByte: 1600, endByte: 3200, options: network.options! }
	const part = await downloadContentFromMessage(file as never, 'document', range)
	const chunks: Buffer[] = []
	for await (const chunk of part) chunks.push(chunk as Buffer)
	assert.deepEqual(Buffer.concat(chunks), data.subarray(1600, 3200))
})

for (const status of [404, 410])
	test(`a file that is gone (${status}) comes back when the own phone is asked for it`, async () => {
		const data = randomBytes(20_000)
		const document = { data: data.toString('base64'), mimetype: 'text/plain' }
		const message = await ayseSends({ document })
		await shop.receives(({ id }) => id === message.key.id)
		await control.post('/faults', { type: 'lose_media', account: ayse.account.phone, status })
		assert.equal(await statusOf(download(message)), status)
		// Until it has asked once where media are, Baileys takes them to be at WhatsApp's own host.
		await client.socket.refreshMediaConn()
		assert.deepEqual(await download(await client.socket.updateMediaMessage(message)), data)
	})

test('lost files are listed, and are there again when that ends', async () => {
	const data = randomBytes(20_000)
	const before = await ayseSends({
		document: { data: data.toString('base64'), mimetype: 'text/plain' },
	})
	const account = ayse.account.phone
	await control.post('/faults', { type: 'lose_media', account, status: 410 })
	const isTheirs = (fault: any) => fault.type === 'lose_media' && fault.account === account
	assert.equal((await control.get('/faults')).faults.filter(isTheirs).length, 1)
	assert.equal(await statusOf(download(before)), 410)
	const later = await ayseSends({
		document: { data: data.toString('base64'), mimetype: 'text/plain' },
	})
	assert.deepEqual(await download(later), data, 'what comes later is there')
	await control.fetch(`/faults?type=lose_media&account=${account}`, { method: 'DELETE' })
	assert.equal((await control.get('/faults')).faults.filter(isTheirs).length, 0)
	assert.deepEqual(await download(before), data)
})

test('a file that the own phone never had does not come back', async () => {
	const message = await ayseSends({
		document: { data: randomBytes(100).toString('base64'), mimetype: 'text/plain' },
	})
	const other = { ...message, key: { ...message.key, id: '3A00000000000000NEVER' } }
	await assert.rejects(client.socket.updateMediaMessage(other), /re-upload/)
})

test('a document of 30 MB passes, there and back', async () => {
	const document = randomBytes(30 * MEGABYTE)
	const id = await sends({ document, mimetype: 'application/zip', fileName: 'much.zip' })
	const received = await ayse.receives((entry) => entry.id === id, { timeout: 30_000 })
	assert.equal(received.media?.size, document.length)
	const file = await control.fetch(`/phones/905320000002/messages/${id}/media`)
	assert.ok(document.equals(Buffer.from(await file.arrayBuffer())))
	const data = document.toString('base64')
	const back = await ayseSends({ document: { data, mimetype: 'application/zip' } })
	assert.ok(document.equals(await download(back)))
})

test('an upload with a wrong hash or without authentication is refused', async () => {
	const { hosts, auth } = await client.socket.refreshMediaConn()
	const [hostname, port] = hosts[0]!.hostname.split(':')
	const upload = (token: string, proof: string) =>
		new Promise<{ status?: number; answer: unknown }>((resolve, reject) => {
			const path = `/mms/image/${token}?auth=${encodeURIComponent(proof)}&token=${token}`
			const asked = request({ hostname, port, path, method: 'POST', ca: sandbox.mediaCa })
			asked.on('error', reject).on('response', (response) => {
				const status = response.statusCode!
				void text(response).then((raw) => resolve({ status, answer: JSON.parse(raw) }), reject)
			})
			asked.end('not what the token says')
		})
	const forged = randomBytes(32).toString('base64url')
	assert.deepEqual(await upload(forged, auth), {
		status: 400,
		answer: { error: 'the token is not the SHA-256 of what came' },
	})
	assert.equal((await upload(forged, `${ayse.account.phone}.${forged}`)).status, 401)
})

test('a phone reports a file that does not match its message', async () => {
	const message = await ayse.media.attach('image', {
		data: randomBytes(1000),
		mimetype: 'image/png',
	})
	message.imageMessage!.fileSha256 = randomBytes(32)
	const id = await ayse.sends(message, { to: shop })
	const { media, mediaError } = await shop.receives((entry) => entry.id === id)
	assert.equal(media, undefined)
	assert.match(mediaError!, /fileSha256/)
})

test('a client without the authority certificate does not trust the media host', async () => {
	const untold = fetch(`https://${sandbox.whatsapp.media.hostname}/`)
	await assert.rejects(untold, ({ cause }) => /CERT|VERIFY/.test(cause.code))
})

test('files are deleted with a sandbox without data directory, and kept with one', async () => {
	const passing = await startSandbox()
	assert.ok(existsSync(passing.whatsapp.media.directory))
	await passing.close()
	assert.equal(existsSync(passing.whatsapp.media.directory), false)

	const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'))
	const first = await startSandbox({ dataDir })
	const [from, to] = [first.phone('491700000001'), first.phone('905320000002')]
	const file = { data: Buffer.from('kept'), mimetype: 'text/plain' }
	const id = await from.sends(await from.media.attach('document', file), { to })
	await to.receives((entry) => entry.id === id)
	to.goesOffline()
	const waiting = await from.sends(await from.media.attach('document', file), { to })
	await first.close()

	const second = await startSandbox({ dataDir })
	assert.equal(second.mediaCa, first.mediaCa)
	const phone = second.phone('905320000002')
	const { media } = phone.inbox.entries.find((entry) => entry.id === id)!
	assert.equal(await text(phone.media.read(media!)), 'kept')
	const late = await phone.receives((entry) => entry.id === waiting)
	assert.deepEqual([late.mediaError, late.media], [undefined, media])
	await second.close()
	rmSync(dataDir, { recursive: true })
})
