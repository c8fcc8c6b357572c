import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { contentOf } from '../../../../gateway/src/sandbox/phone/content.ts'
import { temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { clip, h264, make, plain, tone } from '../../../support/media/fixtures.ts'
import { openDialects, type Request } from './support/gateway.ts'

const NUMBER = '628123456789'
const API = '/api/whatsapp'

type Given = [bytes: Uint8Array, name: string, type?: string]

/** A form as a browser makes it. */
function formOf(field: string, files: Given[], fields: Record<string, string>): FormData {
	const form = new FormData()
	for (const [name, value] of Object.entries(fields)) form.append(name, value)
	for (const [bytes, name, type] of files)
		form.append(field, new File([new Uint8Array(bytes)], name, type ? { type } : {}))
	return form
}

const jpegs = (count: number) =>
	Promise.all(
		Array.from({ length: count }, (_, index) =>
			plain(32 + index, 32)
				.jpeg()
				.toBuffer(),
		),
	)

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
			arrived.map(({ seq }) => seq).sort(),
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
				const before = world.budi.inbox.entries.length
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

test('WaFastApi: what is refused', async (t) => {
	const { ask, keys, gateway, sandbox, owner, group } = await openDialects(t)
	const headers = { 'x-api-key': keys.session }
	const [jpeg] = (await jpegs(1)) as [Buffer]
	const text = { number: NUMBER, message: 'hi' }
	const pictures = (count: number, fields: Record<string, string> = { number: NUMBER }) => ({
		path: '/send/photo',
		form: formOf(
			'photos',
			Array.from({ length: count }, (): Given => [jpeg, 'a.jpg', 'image/jpeg']),
			fields,
		),
	})
	const files = (kind: string, field: string, ...given: Given[]) => ({
		path: `/send/${kind}`,
		form: formOf(field, given, { number: NUMBER }),
	})
	const many = (count: number, given: Given) => Array.from({ length: count }, () => given)
	const refuses = (what: string, status: number, request: Partial<Request>, words = /./) =>
		t.test(what, async () => {
			const path = `${API}${request.path ?? '/send/text'}`
			const answer = await ask({ headers, ...request, path })
			assert.equal(answer.status, status, answer.text)
			assert.deepEqual(Object.keys(answer.body), ['error'])
			assert.match(answer.body.error, words)
		})

	await refuses('no key is 401', 401, { headers: {}, body: text })
	await refuses('a wrong key is 401', 401, { headers: { 'x-api-key': 'wrong' }, body: text })
	const bearer = { authorization: `Bearer ${keys.session}` }
	await refuses('a key in another place is 401', 401, { headers: bearer, body: text })
	const gone = { headers: { 'x-api-key': keys.other }, body: text }
	await refuses('a key whose session is gone is 404', 404, gone, /Session not found/)

	for (const [what, body, words] of [
		['neither number nor group', { message: 'hi' }, /`number`.*`group`/],
		['both number and group', { ...text, group }, /`number` or `group`, not both/],
		['no message', { number: NUMBER }, /`message`/],
		['an empty message', { ...text, message: '' }, /`message`/],
		['a message that is a number', { ...text, message: 5 }, /`message`/],
		['a number that is a number', { ...text, number: 628123456789 }, /`number`/],
		['a number that is none', { ...text, number: 'Budi' }, /`number`/],
		['a group that is none', { group: 'group-id-here', message: 'hi' }, /`group`/],
	] as const)
		await refuses(`${what} is 400`, 400, { body }, words)
	const poll = { number: NUMBER, name: 'Which?', values: ['a', 'b'] }
	for (const [what, body, words] of [
		['one value', { ...poll, values: ['a'] }, /`values`/],
		['twice the same value', { ...poll, values: ['a', 'a'] }, /`values`/],
		['more choices than values', { ...poll, selectableCount: 3 }, /`selectableCount`/],
		['no name', { ...poll, name: undefined }, /`name`/],
		['a flag that is a text', { ...poll, toAnnouncementGroup: 'true' }, /`toAnnouncementGroup`/],
	] as const)
		await refuses(`a poll with ${what} is 400`, 400, { path: '/send/poll', body }, words)
	const far = { number: NUMBER, location: { degreesLatitude: 91, degreesLongitude: 0 } }
	const nowhere = { path: '/send/location', body: far }
	await refuses('a latitude of 91 is 400', 400, nowhere, /`location.degreesLatitude`/)
	const react = { path: '/message/react', body: { number: NUMBER, messageKey: 'X', emoji: 'no' } }
	await refuses('a reaction that is no emoji is 400', 400, react, /`emoji`/)
	const keyless = { path: '/message/delete', body: { number: NUMBER } }
	await refuses('nothing to delete is 400', 400, keyless, /`messageKey`/)

	await refuses('11 pictures are 400', 400, pictures(11), /`photos`.*10/)
	for (const [kind, field, given] of [
		['video', 'videos', [jpeg, 'a.mp4', 'video/mp4']],
		['audio', 'audios', [jpeg, 'a.mp3', 'audio/mpeg']],
		['file', 'files', [jpeg, 'a.bin', 'application/x-own']],
	] as [string, string, Given][])
		await refuses(`6 ${field} are 400`, 400, files(kind, field, ...many(6, given)), /5/)
	await refuses('no picture is 400', 400, pictures(0), /`photos`/)
	await refuses('pictures for nobody are 400', 400, pictures(1, {}), /`number`/)
	const both = pictures(1, { number: NUMBER, group })
	await refuses('pictures for both are 400', 400, both, /not both/)

	const pdf: Given = [Buffer.from('%PDF-1.4\n'), 'a.pdf', 'application/pdf']
	for (const [kind, field] of [
		['photo', 'photos'],
		['video', 'videos'],
		['audio', 'audios'],
	] as const)
		await refuses(`a PDF among ${field} is 415`, 415, files(kind, field, pdf), /application\/pdf/)
	await t.test(
		'of a wrong type that is said nothing is sent, nor of the files before it',
		async () => {
			const said: Given = [jpeg, 'a.jpg', 'application/pdf']
			const { path, form } = files('photo', 'photos', [jpeg, 'a.jpg', 'image/jpeg'], said)
			const { status, body } = await ask({ headers, path: `${API}${path}`, form })
			assert.equal(status, 415)
			assert.equal(body.error, '`photos` accepts image/*, but a.jpg is application/pdf.')
		},
	)
	const posing: Given = [Buffer.from('no picture'), 'a.jpg', 'image/jpeg']
	await refuses('a text that poses as a picture is 415', 415, files('photo', 'photos', posing))
	const json = { path: '/send/photo', body: { number: NUMBER, photos: [] } }
	await refuses('JSON where files are expected is 415', 415, json, /multipart/)
	const form = formOf('x', [], text)
	await refuses('a form where JSON is expected is 415', 415, { form }, /application\/json/)
	const large: Given = [new Uint8Array(1024 * 1024 + 1), 'a.bin']
	await refuses('a file that is too large is 413', 413, files('file', 'files', large), /`files`/)
	const long = { body: { ...text, message: 'x'.repeat(1024 * 1024 + 1) } }
	await refuses('a JSON body of more than 1 MiB is 413', 413, long)

	await t.test('a file in the middle that cannot be sent is told, with how many were', async () => {
		const good: Given = [jpeg, 'a.jpg', 'image/jpeg']
		const { path, form } = files('photo', 'photos', good, posing)
		const { status, body } = await ask({ headers, path: `${API}${path}`, form })
		assert.equal(status, 415)
		assert.match(body.error, /Files sent before: 1/)
	})
	await refuses('an address that is none is 404', 404, { path: '/send/smell', body: text })
	await refuses('another method is 405', 405, { method: 'DELETE' })
	sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 500)
	await refuses("WhatsApp's refusal is 500", 500, { body: text }, /refused/)
	await gateway.request('POST', '/api/v1/sessions/main/disconnect')
	await refuses('a session that is off is 500', 500, { body: text }, /main is closed/)
	await t.test('the native API stays where it is', async () => {
		assert.equal((await gateway.request('GET', '/api/v1/sessions')).status, 200)
		const { status, body } = await gateway.request('GET', '/api/other')
		assert.deepEqual([status, body.code], [404, 'not_found'])
	})
})

test('a file of more than 50 MiB is 413, whatever else the gateway takes', async (t) => {
	const { ask, keys } = await openDialects(t, { maxMediaBytes: 100 * 1024 * 1024 })
	const headers = { 'x-api-key': keys.session }
	const file: Given = [new Uint8Array(50 * 1024 * 1024 + 1), 'a.bin']
	const form = formOf('files', [file], { number: NUMBER })
	const { status, body } = await ask({ headers, path: `${API}/send/file`, form })
	assert.equal(status, 413)
	assert.match(body.error, /`files` may have at most 52428800 bytes/)
})

test('more sends than RATE_LIMIT are 429', async (t) => {
	const { ask, keys } = await openDialects(t, { rateLimit: 1 })
	const request = {
		headers: { 'x-api-key': keys.session },
		path: `${API}/send/text`,
		body: { number: NUMBER, message: 'hi' },
	}
	assert.equal((await ask(request)).status, 200)
	const { status, headers, body } = await ask(request)
	assert.deepEqual([status, Object.keys(body)], [429, ['error']])
	assert.match(headers.get('retry-after') ?? '', /^\d+$/)
})

test('what WhatsApp has not acknowledged in time is 202, with its ids', async (t) => {
	const { ask, keys, sandbox, owner } = await openDialects(t, { sendTimeout: 0.5 })
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	const headers = { 'x-api-key': keys.session }
	const text = { number: NUMBER, message: 'hi' }
	const sent = await ask({ headers, path: `${API}/send/text`, body: text })
	assert.deepEqual([sent.status, typeof sent.body.messageId], [202, 'string'])
	const files = (await jpegs(2)).map((bytes): Given => [bytes, 'a.jpg', 'image/jpeg'])
	const form = formOf('photos', files, { number: NUMBER })
	const both = await ask({ headers, path: `${API}/send/photo`, form })
	assert.deepEqual([both.status, both.body.messages?.length], [202, 2], both.text)
	sandbox.whatsapp.faults.releaseAcks(owner.account.phone)
})
