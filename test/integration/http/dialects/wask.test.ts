import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { sha256 } from '../../../support/gateway/files.ts'
import { plain } from '../../../support/media/fixtures.ts'
import { clientsOf } from './support/clients.ts'
import { openDialects } from './support/gateway.ts'

test('a file that came in is got as base64, with its type and name', async (t) => {
	const { ask, keys, budi, owner, budiWrites } = await openDialects(t)
	await budiWrites('first')
	const data = Buffer.from('%PDF-1.4\n%%EOF\n')
	const file = { data, mimetype: 'application/pdf', filename: 'report.pdf' }
	const message = await budi.media.attach('document', file)
	const id = await budi.sends(message, { to: owner })
	await budiWrites('second')
	const headers = { 'x-api-key': keys.session }
	const { status, body } = await ask({ method: 'GET', path: `/sessions/main/media/${id}`, headers })
	assert.equal(status, 200)
	const media = { data: data.toString('base64'), mimetype: file.mimetype, filename: file.filename }
	assert.deepEqual(body, { success: true, media })
})

test('a recipient is a number, with a plus or not, a full id or a group', async (t) => {
	const world = await openDialects(t)
	const { keys, budi, group, decrypted } = world
	const { text } = clientsOf(world, keys.session)
	const { phone } = budi.account
	const full = `${phone}@s.whatsapp.net`
	for (const [to, shown] of [
		[phone, full],
		[`+${phone}`, full],
		[full, full],
		[group, group],
	] as const) {
		const { status, body } = await text('wask', to, `to ${to}`)
		assert.equal(status, 200)
		assert.deepEqual([body.to, body.type, body.status], [shown, 'text', 'sent'])
		const { message } = await decrypted(body.messageId)
		assert.equal(message?.extendedTextMessage?.text, `to ${to}`)
	}
})

test('a reply quotes what came in, and is sent too if nobody remembers that', async (t) => {
	const world = await openDialects(t)
	const { keys, budi, budiWrites, decrypted } = world
	const { post } = clientsOf(world, keys.session)
	for (const quotedMessageId of [await budiWrites('question'), '3EB0FFFFFFFFFFFFFFFFFF']) {
		const to = budi.account.phone
		const { status, body } = await post('wask', 'send', { to, text: 'answer', quotedMessageId })
		assert.equal(status, 200)
		const { message } = await decrypted(body.messageId)
		assert.equal(message?.extendedTextMessage?.contextInfo?.stanzaId, quotedMessageId)
	}
})

test('a file is a data URI, bare base64 or a path in the container', async (t) => {
	const mediaDir = await temporaryDirectory(t)
	const world = await openDialects(t, { mediaDir })
	const { keys, budi, decrypted } = world
	const { post } = clientsOf(world, keys.session)
	const png = await plain(1, 1).png().toBuffer()
	const jpeg = await plain(8, 8).jpeg().toBuffer()
	await mkdir(join(mediaDir, 'in'))
	await writeFile(join(mediaDir, 'in/a.jpg'), jpeg)
	const send = (image: string) =>
		post('wask', 'send/image', { to: budi.account.phone, image, caption: 'look' })
	for (const image of [
		`data:image/jpeg;base64,${jpeg.toString('base64')}`,
		jpeg.toString('base64'),
		join(mediaDir, 'in/a.jpg'),
	]) {
		const { status, body, text } = await send(image)
		assert.equal(status, 200, text)
		const { media, message } = await decrypted(body.messageId)
		assert.equal(media?.sha256, sha256(jpeg))
		assert.equal(message?.imageMessage?.caption, 'look')
	}
	assert.equal((await send(png.toString('base64'))).status, 200)
	for (const image of ['/etc/passwd', join(mediaDir, '../a.jpg'), 'image.jpg', ''])
		assert.equal((await send(image)).status, 400, image)
})
