import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
	linkedGateway,
	openGateway,
	openSandbox,
	type TestGateway,
} from '../../../support/gateway/gateway.ts'
import { messagesOf, ownPage } from './support.ts'

const NUMBER = '491700000009'

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
	const set = answer.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
	const headers = { ...ownPage, cookie: set }
	const at = `/link/${answer.body.id}/api`
	const ask = (method: string, path: string, body?: object) =>
		gateway.request(method, `${at}${path}`, body, headers)
	return { answer, headers, at, ask }
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
	const { answer, headers, at, ask } = await open(gateway, token)
	const answers = [answer, await ask('GET', '/page'), await ask('GET', '/qr')]
	for (const { text } of answers) assert.doesNotMatch(text, /one|two|Name of|"session/)
	for (const path of ['/console/api/me', '/console/api/sessions', '/api/v1/sessions', '/sandbox'])
		assert.equal((await gateway.request('GET', path, undefined, headers)).status, 401, path)
	assert.equal((await gateway.request('GET', `${at}/qr`, undefined, ownPage)).status, 410)
})

test('another page cannot use it', async (t) => {
	const { gateway } = await world(t)
	const { token } = await linkOf(gateway, 'one')
	const { headers, at } = await open(gateway, token)
	for (const [method, path] of [
		['POST', '/link/open'],
		['POST', `${at}/code`],
		['GET', `${at}/qr`],
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
		const { ask } = await open(gateway, token)
		await end(name, link.id)
		for (const [method, path, said] of [
			['GET', '/qr'],
			['POST', '/code', { phone_number: NUMBER }],
		] as const) {
			const { status, body } = await ask(method, path, said)
			assert.deepEqual([status, body.ending], [410, name])
		}
		const late = await open(gateway, token)
		const why = name === 'gone' ? 'pairing_link_not_found' : 'pairing_link_ended'
		assert.equal(late.answer.body.code, why)
	}
	const { token } = await linkOf(gateway, 'codes')
	const { ask } = await open(gateway, token)
	const asked = Array.from({ length: 8 }, () => ask('POST', '/code', { phone_number: NUMBER }))
	const codes = (await Promise.all(asked)).map(({ status }) => status)
	assert.deepEqual(codes.sort(), [200, 200, 200, 200, 200, 410, 410, 410])
	const { body } = await gateway.request('GET', '/api/v1/sessions/codes/links')
	assert.equal(body.links[0].state, 'used_up')
})

test('a link that was used says so and nothing else, whatever becomes of the number', async (t) => {
	const { gateway, sandbox } = await world(t)
	const { token } = await linkOf(gateway, 'one')
	const { headers, at, ask } = await open(gateway, token)
	/** What a page that is opened now is told first. */
	const told = async () => {
		const news = messagesOf(await gateway.app.request(`${at}/news`, { headers }))
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
	assert.equal((await ask('GET', '/qr')).status, 410)
})

test('numbers that are refused are none of the five codes, and have a limit of their own', async (t) => {
	const { gateway } = await world(t)
	const { token } = await linkOf(gateway, 'one')
	const { ask } = await open(gateway, token)
	const code = async (phone_number: string) => {
		const { status, body } = await ask('POST', '/code', { phone_number })
		return [status, body.field ?? body.ending]
	}
	for (let count = 0; count < 8; count++) assert.deepEqual(await code('12'), [400, 'phone_number'])
	for (let count = 0; count < 4; count++) assert.deepEqual(await code(NUMBER), [200, undefined])
	const { body } = await gateway.request('GET', '/api/v1/sessions/one/links')
	assert.equal(body.links[0].state, 'opened')
	for (let count = 0; count < 12; count++) await code('12')
	assert.deepEqual(await code(NUMBER), [410, 'used_up'])
})

test('one browser has several links, and each cookie opens its own', async (t) => {
	const { gateway } = await world(t)
	const opened = []
	for (const session of ['first', 'second']) {
		const { token } = await linkOf(gateway, session, { brand: `Brand ${session}` })
		opened.push({ ...(await open(gateway, token)), brand: `Brand ${session}`, token })
	}
	const [first, second] = opened as [(typeof opened)[0], (typeof opened)[0]]
	const both = { ...ownPage, cookie: `${first.headers.cookie}; ${second.headers.cookie}` }
	for (const { at, brand, headers, token } of opened) {
		const page = await gateway.request('GET', `${at}/page`, undefined, both)
		assert.deepEqual([page.status, page.body.brand], [200, brand])
		const again = await gateway.request('POST', '/link/open', { token }, both)
		assert.equal(again.status, 200, 'it is opened again in the same browser')
		const other = at === first.at ? second : first
		for (const path of ['/page', '/news', '/logo.jpg', '/qr'])
			assert.equal((await gateway.request('GET', other.at + path, undefined, headers)).status, 410)
		const [, value] = headers.cookie.split('=')
		const renamed = { ...ownPage, cookie: `${other.answer.body.id}=${value}` }
		assert.equal((await gateway.request('GET', `${other.at}/page`, undefined, renamed)).status, 410)
	}
})

test('the oldest of many links in one browser is forgotten', async (t) => {
	const { gateway } = await world(t)
	const { token } = await linkOf(gateway, 'one')
	const id = (count: number) => `link_01JZZZZZZZZZZZZZZZZZZZZZZ${String(count).padStart(2, '0')}`
	const held = Array.from({ length: 11 }, (_, count) => `${id(count)}=x`).reverse()
	const { answer } = await open(gateway, token, held.join('; '))
	const forgotten = answer.headers.getSetCookie().filter((cookie) => cookie.includes('Max-Age=0'))
	const names = forgotten.map((cookie) => cookie.split('=')[0])
	assert.deepEqual(
		names,
		[0, 1].flatMap((count) => [id(count), `__Secure-${id(count)}`]),
	)
})

test('a page of a link has four streams at the most, and one that ends makes room', async (t) => {
	const { gateway } = await world(t)
	const { token } = await linkOf(gateway, 'one')
	const { headers, at } = await open(gateway, token)
	const news = () => gateway.app.request(`${at}/news`, { headers })
	const streams = [await news(), await news(), await news(), await news()]
	assert.deepEqual(
		streams.map(({ status }) => status),
		[200, 200, 200, 200],
	)
	assert.equal((await news()).status, 429)
	await streams[0]!.body!.cancel()
	assert.equal((await news()).status, 200)
	const { token: other } = await linkOf(gateway, 'two')
	const client = await open(gateway, other)
	const theirs = await gateway.app.request(`${client.at}/news`, { headers: client.headers })
	assert.equal(theirs.status, 200, 'another link has its own')
})

test('over https the cookie of a link is for https only', async (t) => {
	const { gateway } = await world(t, { publicUrl: 'https://wa.example' })
	await gateway.request('POST', '/api/v1/sessions', { id: 'one' })
	const made = await gateway.request('POST', '/api/v1/sessions/one/links', {})
	const [page, token] = made.body.url.split('#')
	assert.equal(page, 'https://wa.example/link')
	const secure = { ...ownPage, host: 'wa.example', origin: 'https://wa.example' }
	const { headers, body } = await gateway.request('POST', '/link/open', { token }, secure)
	const cookie = headers.getSetCookie()[0]!
	assert.match(
		cookie,
		/^__Secure-link_[0-9A-Z]+=[\w-]{43}; Path=\/link; HttpOnly; Secure; SameSite=Strict$/,
	)
	const plain = cookie.split(';')[0]!.replace('__Secure-', '')
	const { origin: _, ...read } = { ...secure, cookie: plain, 'sec-fetch-site': 'same-origin' }
	assert.equal(
		(await gateway.request('GET', `/link/${body.id}/api/page`, undefined, read)).status,
		410,
	)
	read.cookie = `__Secure-${plain}`
	assert.equal(
		(await gateway.request('GET', `/link/${body.id}/api/page`, undefined, read)).status,
		200,
	)
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
		language: 'tlh',
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
	const { answer, headers, at } = await open(gateway, token)
	assert.equal(answer.body.has_logo, true)
	const logo = await gateway.app.request(`${at}/logo.jpg`, { headers })
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
