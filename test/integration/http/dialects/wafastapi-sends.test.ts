import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { contentOf } from '../../../../gateway/src/sandbox/phone/content.ts'
import { temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { clip, h264, make, tone } from '../../../support/media/fixtures.ts'
import { openDialects, type Request } from './support/gateway.ts'
import { API, formOf, jpegs, NUMBER, type Given } from './support/wafastapi.ts'

test('WaFastApi: what is sent', async (t) => {
	const world = await openDialects(t)
	const { keys, gateway, sari, group, decrypted, budiWrites } = world
	const headers = { 'x-api-key': keys.session }
	const ask = (path: string, request: Omit<Request, 'path'> = {}) =>
		world.ask({ headers, ...request, path: `${API}${path}` })
	const post = (path: string, body: object) => ask(path, { body: { number: NUMBER, ...body } })
	const upload = (kind: string, field: string, files: Given[], fields = {}) =>
		ask(`/send/${kind}`, { form: formOf(field, files, { number: NUMBER, ...fields }) })

	await t.test('a text is sent to a number and to a group', async () => {
		const { status, body } = await post('/send/text', { message: 'Hello from WhatsApp API!' })
		const { messageId, ...rest } = body
		assert.deepEqual([status, rest], [200, { success: true, message: 'Message sent successfully' }])
		const { message } = await decrypted(messageId)
		assert.equal(message?.extendedTextMessage?.text, 'Hello from WhatsApp API!')
		for (const id of [group, group.replace('@g.us', '')]) {
			const answer = await ask('/send/text', { body: { number: '', group: id, message: 'all' } })
			assert.equal((await decrypted(answer.body.messageId, sari)).chat, group)
		}
	})

	await t.test('pictures arrive as a message each, in their order', async () => {
		const files = (await jpegs(3)).map((bytes, i): Given => [bytes, `${i}.jpg`, 'image/jpeg'])
		const { status, body, text } = await upload('photo', 'photos', files, { caption: 'Look!' })
		assert.equal(status, 200, text)
		assert.deepEqual(Object.keys(body), ['success', 'sent', 'messages'])
		assert.deepEqual([body.success, body.sent, body.messages.length], [true, 3, 3])
		const arrived = await Promise.all(body.messages.map((id: string) => decrypted(id)))
		const said = arrived.map(({ message }) => message.imageMessage)
		assert.deepEqual(
			said.map(({ caption, width }) => [caption, width]),
			[32, 33, 34].map((width) => ['Look!', width]),
		)
		assert.deepEqual(
			arrived.map(({ seq }) => seq).sort((a, b) => a - b),
			arrived.map(({ seq }) => seq),
		)
	})

	await t.test('who repeats pictures with an idempotency key sends nothing twice', async () => {
		const files = (await jpegs(2)).map((bytes, i): Given => [bytes, `${i}.jpg`, 'image/jpeg'])
		const again = { ...headers, 'idempotency-key': 'holiday' }
		const send = () =>
			ask('/send/photo', { headers: again, form: formOf('photos', files, { number: NUMBER }) })
		const [first, second] = [await send(), await send()]
		assert.equal(first.status, 200, first.text)
		assert.equal(new Set(first.body.messages).size, 2)
		assert.deepEqual(second.body, first.body)
		for (const id of first.body.messages) assert.equal((await decrypted(id)).copies, 1)
	})

	await t.test('flags of a form are read as people write them', async () => {
		const [jpeg] = (await jpegs(1)) as [Buffer]
		const photo = (viewOnce: string) =>
			upload('photo', 'photos', [[jpeg, 'a.jpg', 'image/jpeg']], { viewOnce })
		for (const [given, expected] of [
			['true', true],
			['1', true],
			['false', false],
			['0', false],
		] as const) {
			const { body } = await photo(given)
			const { message } = await decrypted(body.messages[0])
			assert.equal(contentOf(message!).imageMessage?.viewOnce ?? false, expected, given)
		}
		const { status, body } = await photo('yes')
		assert.equal(status, 400)
		assert.match(body.error, /`viewOnce`/)
	})

	await t.test('videos, sounds and files are sent as what they are to be', async () => {
		const dir = await temporaryDirectory(t)
		const mp4 = await readFile(await make(dir, 'mp4', ...clip(1), ...h264))
		const ogg = await readFile(await make(dir, 'ogg', ...tone(1), '-c:a', 'libopus'))
		const gif = await upload('video', 'videos', [[mp4, 'video.mp4', 'video/mp4']], {
			gif: 'true',
			caption: 'Funny GIF!',
		})
		const video = contentOf((await decrypted(gif.body.messages[0])).message!).videoMessage!
		assert.deepEqual([video.gifPlayback, video.caption], [true, 'Funny GIF!'])
		for (const voice of [true, false]) {
			const given: Given[] = [[ogg, 'audio.ogg', 'audio/ogg']]
			const { body, text } = await upload('audio', 'audios', given, { voice: String(voice) })
			const { message } = await decrypted(body?.messages?.[0] ?? assert.fail(text))
			assert.equal(message?.audioMessage?.ptt, voice)
		}
		const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
		const files: Given[] = [
			[pdf, 'document.pdf', 'application/pdf'],
			[Buffer.from('plain'), 'notes.txt', 'text/plain'],
		]
		const { body } = await upload('file', 'files', files, { caption: 'Important document' })
		for (const [index, [bytes, name]] of files.entries()) {
			const { message, media } = await decrypted(body.messages[index])
			const document = contentOf(message!).documentMessage!
			assert.deepEqual([document.fileName, document.caption], [name, 'Important document'])
			assert.equal(media?.size, bytes.length)
		}
	})

	await t.test('a place is sent, at zero degrees too', async () => {
		for (const [degreesLatitude, degreesLongitude] of [
			[40.7128, -74.006],
			[0, 0],
		]) {
			const location = { degreesLatitude, degreesLongitude }
			const { body, text } = await post('/send/location', { location })
			assert.equal(body.success, true, text)
			const { message } = await decrypted(body.messageId)
			assert.partialDeepStrictEqual(message?.locationMessage, location)
		}
	})

	await t.test('a poll has one answer to choose, if nothing else is said', async () => {
		const values = ['JavaScript', 'Python', 'Java', 'C++']
		const poll = { name: 'Which language?', values }
		const { body } = await post('/send/poll', poll)
		assert.partialDeepStrictEqual(body, {
			success: true,
			message: 'Poll sent',
			result: { key: { remoteJid: `${NUMBER}@s.whatsapp.net`, fromMe: true, id: body.messageId } },
		})
		const { message } = await decrypted(body.messageId)
		const sent = message!.pollCreationMessageV3!
		assert.deepEqual([sent.name, sent.selectableOptionsCount], ['Which language?', 1])
		assert.deepEqual(
			sent.options?.map(({ optionName }) => optionName),
			values,
		)
		const many = await post('/send/poll', { ...poll, selectableCount: 2 })
		const { message: free } = await decrypted(many.body.messageId)
		assert.equal(free?.pollCreationMessage?.selectableOptionsCount, 2)
		const announced = await ask('/send/poll', {
			body: { group, ...poll, toAnnouncementGroup: true },
		})
		const { message: told } = await decrypted(announced.body.messageId)
		assert.ok(told?.pollCreationMessageV2)
	})

	await t.test(
		'a message is reacted to by its id or its key, and the reaction taken back',
		async () => {
			const id = await budiWrites('great news')
			const remoteJid = `${NUMBER}@s.whatsapp.net`
			const reactions = [
				{ number: NUMBER, messageKey: id, emoji: '👍' },
				{ messageKey: { remoteJid, id, fromMe: false }, emoji: '🎉' },
				{ number: NUMBER, messageKey: id },
			]
			for (const body of reactions) {
				const before = world.budi.inbox.entries.at(-1)?.seq ?? 0
				const answer = await ask('/message/react', { body })
				assert.deepEqual(answer.body, { success: true, message: 'Reaction sent' }, answer.text)
				const { message } = await world.budi.receives(({ message }) => !!message?.reactionMessage, {
					after: before,
				})
				const { key, text } = message!.reactionMessage!
				assert.deepEqual([key?.id, text], [id, body.emoji ?? ''])
			}
		},
	)

	await t.test('a message is deleted for everyone, in a group too', async () => {
		for (const whom of [{ number: NUMBER }, { group }]) {
			const { body } = await ask('/send/text', { body: { ...whom, message: 'a mistake' } })
			const answer = await ask('/message/delete', {
				body: { ...whom, messageKey: body.messageId },
			})
			assert.deepEqual(answer.body, { success: true, message: 'Message deleted' }, answer.text)
			await world.budi.receives(
				({ message }) => message?.protocolMessage?.key?.id === body.messageId,
			)
		}
	})

	await t.test('groups are listed with the number of their members', async () => {
		const { status, body } = await ask('/get/groups', { method: 'GET' })
		const groups = [{ id: group, name: 'Team', participants: 3 }]
		assert.deepEqual([status, body], [200, { groups }])
	})

	await t.test('a session is made with its key, linked by QR, asked for, and deleted', async () => {
		const admin = { headers: { 'x-api-key': keys.admin } }
		const at = (path: string, request: Omit<Request, 'path'> = {}) =>
			world.ask({ path: `/api/session${path}`, ...admin, ...request })
		const made = await at('/new')
		assert.equal(made.status, 201, made.text)
		const { success, sessionId, apiKey } = made.body
		assert.equal(success, true)
		const own = { headers: { 'x-api-key': apiKey } }
		await gateway.becomes(sessionId, 'linking')
		const listed = await at('/list', { method: 'GET', ...own })
		assert.deepEqual(listed.body, { sessions: [{ _id: sessionId, status: 'QR_READY' }] })
		const qr = await at(`/${sessionId}/qr`, { method: 'GET', ...own })
		assert.equal(qr.body.connected, false)
		assert.match(qr.body.qr, /^data:image\/png;base64,/)
		const code = await at(`/${sessionId}/pairCode`, { ...own, body: { number: '491700000009' } })
		assert.equal(code.body.connected, false, code.text)
		assert.match(code.body.pairCode, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
		const status = await at(`/${sessionId}/status`, { method: 'GET', ...own })
		assert.deepEqual(status.body, { connected: false })
		const early = await world.ask({
			path: `${API}/send/text`,
			...own,
			body: { number: NUMBER, message: 'hi' },
		})
		assert.deepEqual([early.status, Object.keys(early.body)], [500, ['error']])
		assert.equal((await at(`/${sessionId}/delete`, own)).status, 403)
		const deleted = await at(`/${sessionId}/delete`)
		assert.deepEqual(deleted.body, { success: true, message: 'Session deleted' })
		const gone = await world.ask({
			path: `${API}/send/text`,
			...own,
			body: { number: NUMBER, message: 'hi' },
		})
		assert.equal(gone.status, 404)
		assert.match(gone.body.error, /Session not found/)
		const other = await at('/main/status', { method: 'GET', headers: { 'x-api-key': keys.other } })
		assert.equal(other.status, 404)
	})

	await t.test('a session that is linked has no QR, and is logged out', async () => {
		const at = (path: string, method = 'GET') =>
			world.ask({ path: `/api/session/main${path}`, headers, method })
		assert.deepEqual((await at('/qr')).body, { connected: true, qr: null })
		assert.deepEqual((await at('/status')).body, { connected: true })
		const out = await at('/logout', 'POST')
		assert.deepEqual(out.body, { success: true, message: 'Session logged out' })
		assert.deepEqual((await at('/status')).body, { connected: false })
	})
})
