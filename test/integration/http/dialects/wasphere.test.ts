import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test, type TestContext } from 'node:test'
import { until } from '../../../support/wait.ts'
import { openDialects, WORKSPACE } from './support/gateway.ts'

const API = `/workspaces/${WORKSPACE}/proxy/api/sessions`

async function openWorld(t: TestContext) {
	const world = await openDialects(t)
	const { ask, keys } = world
	const call =
		(method: string) =>
		(path: string, body?: object, key = keys.workspace) =>
			ask({ method, path: `${API}${path}`, headers: { Authorization: `Bearer ${key}` }, body })
	return { ...world, get: call('GET'), post: call('POST'), del: call('DELETE'), put: call('PUT') }
}

test('a session is made, linked by its QR, listed, logged out and deleted', async (t) => {
	const { get, post, del, sandbox, gateway, keys } = await openWorld(t)
	assert.equal((await post('', { id: 'shop' }, keys.session)).status, 403)
	const made = await post('', { id: 'shop' }, keys.admin)
	assert.equal(made.status, 200, made.text)
	assert.equal(made.body.id, 'shop')
	const shown = await until('the QR is there', async () => {
		const { body } = await get('/shop')
		return body.status === 'qr_ready' && body
	})
	assert.match(shown.qrCode, /^data:image\/png;base64,/)
	assert.ok(Date.parse(shown.qrExpiresAt) > Date.now())
	const { body: drawn } = await gateway.request('GET', '/api/v1/sessions/shop/qr')
	sandbox.phone('628555555555', { name: 'Shop' }).scans(drawn.qr)
	await gateway.becomes('shop', 'open')
	const { status, phoneNumber } = (await get('/shop')).body
	assert.deepEqual([status, phoneNumber], ['connected', '628555555555'])
	const { body: sessions } = await get('')
	assert.deepEqual(sessions.map(({ id }: any) => id).sort(), ['main', 'shop'])
	assert.deepEqual((await post('/main/logout', {})).body, { success: true })
	const { body } = await get('/main')
	assert.equal(body.status, 'logged_out')
	assert.deepEqual((await del('/shop', undefined, keys.admin)).body, { success: true })
	assert.equal((await get('/shop')).status, 404)
})

test('what was sent is edited and deleted for everyone', async (t) => {
	const { post, del, budi, decrypted } = await openWorld(t)
	const to = budi.account.phone
	const { body } = await post('/main/messages/text', { to, text: 'helo' })
	const id = body.messageId
	const edited = await post(`/main/messages/${id}/edit`, { to, text: 'hello' })
	assert.equal(edited.status, 200, edited.text)
	const edit = (await decrypted(edited.body.messageId)).message?.protocolMessage
	assert.equal(edit?.key?.id, id)
	assert.equal(edit?.editedMessage?.extendedTextMessage?.text, 'hello')
	const one = `/main/messages/${id}?to=${to}`
	const forMe = await del(`${one}&forEveryone=false`)
	assert.deepEqual([forMe.status, forMe.body.code], [501, 'not_supported'])
	assert.deepEqual((await del(one)).body, { status: 'deleted' })
	await budi.receives(({ message }) => {
		const protocol = message?.protocolMessage
		return protocol?.key?.id === id && !protocol?.editedMessage
	})
})

test('what came in is read and quoted, and somebody sees who types', async (t) => {
	const { post, budi, budiWrites, decrypted } = await openWorld(t)
	const to = budi.account.phone
	const id = await budiWrites('hello')
	assert.deepEqual((await post('/main/messages/read', { to, messageIds: [id] })).body, {
		status: 'sent',
	})
	await until('it is read', () =>
		budi.receipts.some(({ id: of, type }) => of === id && type === 'read'),
	)
	const { body } = await post('/main/messages/text', { to, text: 'hi', quotedId: id })
	const { message } = await decrypted(body.messageId)
	assert.equal(message?.extendedTextMessage?.contextInfo?.stanzaId, id)
	for (const [path, given, state] of [
		['typing', {}, 'composing'],
		['presence', { presence: 'recording' }, 'recording'],
		['presence', { presence: 'paused' }, 'paused'],
	] as const) {
		const seen = once(budi.events, 'typing')
		assert.equal((await post(`/main/messages/${path}`, { to, ...given })).status, 200)
		assert.equal((await seen)[0].state, state)
	}
})

test('a document needs its name, and its type only if that cannot be seen', async (t) => {
	const { post, budi, decrypted } = await openWorld(t)
	const url = `data:;base64,${Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64')}`
	const document = { to: budi.account.phone, url }
	assert.equal((await post('/main/messages/document', document)).status, 400)
	const named = { ...document, fileName: 'a.pdf' }
	const { body, text } = await post('/main/messages/document', named)
	assert.equal(body.status, 'sent', text)
	const { message } = await decrypted(body.messageId)
	const { fileName, mimetype } = message?.documentMessage ?? {}
	assert.deepEqual([fileName, mimetype], ['a.pdf', 'application/pdf'])
})

test('groups are listed and shown, numbers are checked', async (t) => {
	const { get, post, group, budi, sari, owner } = await openWorld(t)
	const listed = { id: group, subject: 'Team', size: 3 }
	assert.deepEqual((await get('/main/groups')).body, [listed])
	const { participants, creation, ...shown } = (await get(`/main/groups/${group}`)).body
	const idOf = ({ account }: typeof budi) => `${account.phone}@s.whatsapp.net`
	assert.deepEqual(shown, { ...listed, desc: null, owner: idOf(owner) })
	assert.ok(Number.isInteger(creation))
	const roles = participants.map(({ id, admin }: any) => [id, admin])
	assert.deepEqual(Object.fromEntries(roles), {
		[idOf(owner)]: 'superadmin',
		[idOf(budi)]: null,
		[idOf(sari)]: null,
	})
	const known = { number: budi.account.phone, jid: idOf(budi), isOnWhatsApp: true }
	assert.deepEqual((await get(`/main/contacts/${known.number}/check`)).body, known)
	const numbers = [known.number, '628000000000']
	const { body } = await post('/main/contacts/check-bulk', { numbers })
	assert.deepEqual(body, [known, { number: numbers[1], isOnWhatsApp: false }])
})

test('what WaSphere has and the gateway has not is refused by name', async (t) => {
	const { get, post, put } = await openWorld(t)
	for (const [ask, path, words] of [
		[post, '/main/messages/bulk', /Sending in bulk/],
		[post, '/main/messages/template', /template/],
		[post, '/main/groups', /Creating a group/],
		[put, '/main/groups/1/name', /Changing a group/],
		[get, '/main/profile', /profile/],
		[post, '/main/contacts/628123456789/block', /Blocking/],
	] as const) {
		const { status, body } = await ask(path, ask === get ? undefined : {})
		assert.deepEqual([status, body.statusCode, body.code], [501, 501, 'not_supported'], path)
		assert.match(body.message, words)
	}
})
