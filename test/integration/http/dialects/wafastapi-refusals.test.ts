import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDialects, type Request } from './support/gateway.ts'
import { API, formOf, jpegs, NUMBER, type Given } from './support/wafastapi.ts'

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
	sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 420)
	await refuses("WhatsApp's refusal is 500", 500, { body: text }, /refused/)
	await gateway.request('POST', '/api/v1/sessions/main/disconnect')
	await refuses('a session that is off is 500', 500, { body: text }, /main is closed/)
	await t.test('the native API stays where it is', async () => {
		assert.equal((await gateway.request('GET', '/api/v1/sessions')).status, 200)
		const { status, body } = await gateway.request('GET', '/api/v1/other')
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
	const { ask, keys, sandbox, owner } = await openDialects(t, { sendTimeout: 2 })
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
