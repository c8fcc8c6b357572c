import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
	linkedGateway,
	openGateway,
	openSandbox,
	type TestGateway,
} from '../../../support/gateway/gateway.ts'
import { messagesOf, ownPage } from './support.ts'

/** A link of a session that is new, and its token. */
async function linkOf(gateway: TestGateway, session: string, body: object = {}) {
	await gateway.request('POST', '/api/v1/sessions', { id: session, name: `Name of ${session}` })
	const made = await gateway.request('POST', `/api/v1/sessions/${session}/links`, body)
	assert.equal(made.status, 200, made.text)
	const [page, token] = made.body.url.split('#')
	assert.equal(page, 'http://gateway.test/link')
	return { link: made.body, token: token as string }
}

/** Opens a link as a browser that has no cookie. */
async function open(gateway: TestGateway, token: string, cookie = '') {
	const answer = await gateway.request('POST', '/link/open', { token }, { ...ownPage, cookie })
	const set = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
	return { answer, headers: { ...ownPage, cookie: set } }
}

async function world(t: TestContext, options: Parameters<typeof openGateway>[1] = {}) {
	const sandbox = await openSandbox(t)
	return { sandbox, gateway: await openGateway(t, { ...options, sandbox }) }
}

test('a link works once, in the browser that opens it first', async (t) => {
	const { gateway } = await world(t)
	const { token } = await linkOf(gateway, 'one')
	// What a chat shows as a preview asks for the page and has no token.
	assert.equal(
		(await gateway.request('GET', '/link', undefined, { host: 'localhost' })).status,
		200,
	)

	const first = await open(gateway, token)
	assert.equal(first.answer.status, 200)
	assert.match(first.answer.headers.get('set-cookie')!, /Path=\/link; HttpOnly; SameSite=Strict$/)
	const again = await open(gateway, token, first.headers.cookie)
	assert.equal(again.answer.status, 200, 'the same browser may load it again')
	const other = await open(gateway, token)
	assert.deepEqual([other.answer.status, other.answer.body.code], [410, 'pairing_link_ended'])
	assert.match(other.answer.body.detail, /another device/)
	const unknown = await open(gateway, 'x'.repeat(43))
	assert.deepEqual(
		[unknown.answer.status, unknown.answer.body.code],
		[404, 'pairing_link_not_found'],
	)
})

test('its cookie opens one session, and no answer names anything of it', async (t) => {
	const { gateway } = await world(t)
	const { token } = await linkOf(gateway, 'one', { brand: 'Bright Bookings' })
	await linkOf(gateway, 'two')
	const { answer, headers } = await open(gateway, token)
	const ask = (method: string, path: string, body?: object) =>
		gateway.request(method, path, body, headers)
	const answers = [answer, await ask('GET', '/link/api/page'), await ask('GET', '/link/api/qr')]
	for (const { text } of answers) assert.doesNotMatch(text, /one|two|Name of|"session/)
	for (const path of ['/console/api/me', '/console/api/sessions', '/api/v1/sessions', '/sandbox'])
		assert.equal((await ask('GET', path)).status, 401, path)
	assert.equal((await gateway.request('GET', '/link/api/qr', undefined, ownPage)).status, 410)
})

test('another page cannot use it', async (t) => {
	const { gateway } = await world(t)
	const { token } = await linkOf(gateway, 'one')
	const { headers } = await open(gateway, token)
	for (const [method, path] of [
		['POST', '/link/open'],
		['POST', '/link/api/code'],
		['GET', '/link/api/qr'],
	] as const) {
		const { status } = await gateway.request(method, path, method === 'POST' ? {} : undefined, {
			...headers,
			origin: 'http://localhost:5678',
		})
		assert.equal(status, 403, path)
	}
})

test('a link ends when it expires, is revoked, gives too many codes, or its session goes', async (t) => {
	let ahead = 0
	const clock = {
		now: () => Date.now() + ahead,
		after: (ms: number, act: () => void) => {
			const timer = setTimeout(act, ms)
			return () => clearTimeout(timer)
		},
	}
	const { gateway } = await world(t, { delivery: { clock } })
	const endings: Record<string, (session: string, id: string) => Promise<unknown>> = {
		revoked: (session, id) => gateway.request('DELETE', `/api/v1/sessions/${session}/links/${id}`),
		gone: (session) => gateway.request('DELETE', `/api/v1/sessions/${session}`),
		expired: async () => void (ahead += 61 * 60_000),
	}
	for (const [name, end] of Object.entries(endings)) {
		const { token, link } = await linkOf(gateway, name)
		const { headers } = await open(gateway, token)
		await end(name, link.id)
		for (const [method, path, body] of [
			['GET', '/link/api/qr'],
			['POST', '/link/api/code', { phone_number: '491700000009' }],
		] as const)
			assert.equal((await gateway.request(method, path, body, headers)).status, 410, name)
	}
	const { token } = await linkOf(gateway, 'codes')
	const { headers } = await open(gateway, token)
	const asked = Array.from({ length: 8 }, () =>
		gateway.request('POST', '/link/api/code', { phone_number: '491700000009' }, headers),
	)
	const codes = (await Promise.all(asked)).map(({ status }) => status)
	assert.deepEqual(codes.sort(), [200, 200, 200, 200, 200, 410, 410, 410])
	const { body } = await gateway.request('GET', '/api/v1/sessions/codes/links')
	assert.equal(body.links[0].state, 'used_up')
})

test('a link that was used says so and nothing else, whatever becomes of the number', async (t) => {
	const { gateway, sandbox } = await world(t)
	const { token } = await linkOf(gateway, 'one')
	const { headers } = await open(gateway, token)
	/** What a page that is opened now is told first. */
	const told = async () => {
		const news = messagesOf(await gateway.app.request('/link/api/news', { headers }))
		const { value } = await news.next()
		await news.return(undefined)
		return value.data
	}
	const { body } = await gateway.request('GET', '/api/v1/sessions/one/qr')
	sandbox.phone('491700000003', { name: 'Marie' }).scans(body.qr)
	await gateway.becomes('one', 'open')
	const linked = { status: 'linked', qr: null }
	assert.deepEqual(await told(), linked)
	for (const step of ['disconnect', 'connect', 'logout']) {
		await gateway.request('POST', `/api/v1/sessions/one/${step}`)
		if (step === 'connect') await gateway.becomes('one', 'open')
		assert.deepEqual(await told(), linked, step)
	}
	assert.equal((await gateway.request('GET', '/link/api/qr', undefined, headers)).status, 410)
})

test('a number that is linked already gets no link', async (t) => {
	const { gateway } = await linkedGateway(t)
	const { status, body } = await gateway.request('POST', '/api/v1/sessions/main/links', {})
	assert.deepEqual([status, body.code], [409, 'session_already_linked'])
})

test('nobody makes it read a large body, declared or not', async (t) => {
	const { gateway } = await world(t)
	const body = JSON.stringify({ token: 'x'.repeat(5000) })
	for (const declared of [{}, { 'content-length': String(body.length) }]) {
		const headers = { ...ownPage, ...declared }
		const { status } = await gateway.app.request('/link/open', { method: 'POST', headers, body })
		assert.equal(status, 413)
	}
})

test('what a link says of itself is checked', async (t) => {
	const { gateway } = await world(t)
	await linkOf(gateway, 'one')
	for (const [field, value] of Object.entries({
		minutes: 4,
		brand: 'x'.repeat(61),
		note: 'x'.repeat(201),
		color: '#ffff00',
		logo: { data: 'not an image' },
	})) {
		const path = '/api/v1/sessions/one/links'
		const { status, body } = await gateway.request('POST', path, { [field]: value })
		assert.equal(status, field === 'logo' ? 415 : 400, field)
		assert.match(String(body.field), new RegExp(`^${field}`))
	}
	const unknown = await gateway.request('DELETE', '/api/v1/sessions/one/links/link_x')
	assert.deepEqual([unknown.status, unknown.body.code], [404, 'pairing_link_not_found'])
})

test('a logo is shown by the gateway itself', async (t) => {
	const { gateway } = await world(t)
	const png =
		'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=='
	const { token } = await linkOf(gateway, 'one', { logo: { data: png } })
	const { answer, headers } = await open(gateway, token)
	assert.equal(answer.body.has_logo, true)
	const logo = await gateway.app.request('/link/api/logo.jpg', { headers })
	const bytes = Buffer.from(await logo.arrayBuffer())
	assert.deepEqual(
		[logo.headers.get('content-type'), bytes.readUInt16BE(0)],
		['image/jpeg', 0xffd8],
	)
})

test('PAIRING_LINKS=off makes none', async (t) => {
	const { gateway } = await world(t, { pairingLinks: 'off' })
	await gateway.request('POST', '/api/v1/sessions', { id: 'one' })
	const { status } = await gateway.request('POST', '/api/v1/sessions/one/links', {})
	assert.equal(status, 501)
	assert.equal((await gateway.request('POST', '/link/open', { token: 'x' }, ownPage)).status, 401)
})
