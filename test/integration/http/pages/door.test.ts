import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { systemClock } from '../../../../gateway/src/lib/clock.ts'
import { ADMIN_KEY, openGateway, openSandbox } from '../../../support/gateway/gateway.ts'
import { messagesOf, ownPage, signedIn } from './support.ts'

test('a key becomes a cookie that scripts, other sites and the API do not get', async (t) => {
	const gateway = await openGateway(t)
	const { answer, headers } = await signedIn(gateway, ADMIN_KEY)
	assert.equal(answer.status, 204)
	const cookie = answer.headers.get('set-cookie')!
	assert.match(
		cookie,
		/^console=[\w-]{43}; Max-Age=604800; Path=\/console; HttpOnly; SameSite=Strict$/,
	)
	assert.ok(!cookie.includes(ADMIN_KEY))

	assert.equal((await gateway.request('GET', '/console/api/me', undefined, headers)).status, 200)
	for (const path of ['/api/v1/sessions', '/sandbox', '/ready?x']) {
		const { status, body } = await gateway.request('GET', path, undefined, headers)
		assert.ok(status === 401 || body.sessions === undefined, `${path} looks at no cookie`)
	}
	const file = await readFile(join(gateway.dataDir, 'tickets.json'), 'utf8')
	assert.ok(!file.includes(headers.cookie.split('=')[1]!), 'only its hash is kept')
})

test('over https the cookie is for https only', async (t) => {
	const gateway = await openGateway(t)
	const headers = { ...ownPage, host: 'wa.example', origin: 'https://wa.example' }
	const refused = await gateway.request('POST', '/console/api/sign-in', { key: ADMIN_KEY }, headers)
	assert.equal(refused.status, 421)
	const known = await openGateway(t, { publicUrl: 'https://wa.example/' })
	const { headers: answered } = await known.request(
		'POST',
		'/console/api/sign-in',
		{ key: ADMIN_KEY },
		headers,
	)
	assert.match(answered.get('set-cookie')!, /^__Secure-console=.*; Secure/)
})

const strangers: Record<string, Record<string, string>> = {
	"another site's form": { 'x-console': '' },
	"another port's script": { origin: 'http://localhost:5678' },
	'a page of another site': { 'sec-fetch-site': 'cross-site' },
	'a page of another port, by its fetch metadata': { 'sec-fetch-site': 'same-site' },
	'a page in a sandboxed frame': { origin: 'null' },
}

test('what our own pages did not send changes nothing', async (t) => {
	const gateway = await openGateway(t)
	const { headers } = await signedIn(gateway, ADMIN_KEY)
	for (const [who, sent] of Object.entries(strangers)) {
		const given = Object.entries({ ...headers, ...sent }).filter(([, value]) => value !== '')
		const answers = await Promise.all([
			gateway.request('POST', '/console/api/sessions', { id: 'x' }, Object.fromEntries(given)),
			gateway.request('GET', '/console/api/sessions/x/qr', undefined, Object.fromEntries(given)),
			gateway.request('POST', '/console/api/sign-in', { key: 'k' }, Object.fromEntries(given)),
		])
		for (const { body } of answers) assert.equal(body.code, 'foreign_page', who)
	}
	assert.equal((await gateway.request('GET', '/api/v1/sessions')).body.total, 0)
	const own = { ...headers, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }
	const made = await gateway.request('POST', '/console/api/sessions', { id: 'x' }, own)
	assert.equal(made.status, 201)
})

test('a name that was made to lead here opens no page', async (t) => {
	const gateway = await openGateway(t, { consoleHosts: ['Gateway.lan'] })
	const statusFor = async (host: string) =>
		(await gateway.request('GET', '/console/api/me', undefined, { host })).status
	for (const host of ['evil.example', 'evil.example:3000', 'localhost.evil.example', ''])
		assert.equal(await statusFor(host), 421, host)
	for (const host of ['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', '192.168.1.2'])
		assert.equal(await statusFor(host), 401, host)
	for (const host of ['gateway.lan', 'GATEWAY.LAN:8080', 'gateway.test'])
		assert.equal(await statusFor(host), 401, host)
})

/** What a browser behind a proxy sends, and what the answer says should be done about it. */
const proxied: [what: string, headers: Record<string, string>, code: string, advice: RegExp][] = [
	[
		'a name that is not known',
		{ host: 'wa.example' },
		'unknown_host',
		/^This gateway does not know the name wa\.example\. Add it to CONSOLE_HOSTS, or set PUBLIC_URL/,
	],
	[
		'a name of the proxy',
		{ host: 'gateway:3000' },
		'unknown_host',
		/the name gateway\..* a proxy replaces it: let it pass the header Host on/,
	],
	[
		'a name of the proxy, which says what it replaced',
		{ host: 'gateway:3000', 'x-forwarded-host': 'wa.example' },
		'unknown_host',
		/asks for gateway in place of wa\.example\. Let it pass the header Host on .*add wa\.example to CONSOLE_HOSTS or set PUBLIC_URL/,
	],
	['no name', { host: '' }, 'unknown_host', /CONSOLE_HOSTS/],
	[
		'the address of the gateway',
		{ host: '127.0.0.1:3000', origin: 'https://wa.example', 'sec-fetch-site': 'same-origin' },
		'foreign_page',
		/shows wa\.example, but the request came for 127\.0\.0\.1:3000\. .*pass the header Host on .*set PUBLIC_URL or CONSOLE_HOSTS/,
	],
	[
		'a name without the port that the browser has',
		{ host: 'localhost', origin: 'https://localhost:8443' },
		'foreign_page',
		/shows localhost:8443, but the request came for localhost\. .*proxy_set_header Host \$http_host/,
	],
]

for (const [what, headers, code, advice] of proxied)
	test(`a proxy that sends ${what} is told what to do`, async (t) => {
		const gateway = await openGateway(t, { sandbox: await openSandbox(t) })
		for (const path of ['/console/api/sign-in', '/link/open']) {
			const sent = { ...ownPage, ...headers }
			const { body } = await gateway.request('POST', path, { key: 'k', token: 't' }, sent)
			assert.equal(body.code, code)
			assert.match(body.detail, advice)
		}
	})

test('over https a cookie that was planted over http opens nothing', async (t) => {
	const gateway = await openGateway(t, { publicUrl: 'https://wa.example/' })
	const { headers: plain } = await signedIn(gateway, ADMIN_KEY)
	const meWith = async (headers: Record<string, string>) =>
		(await gateway.request('GET', '/console/api/me', undefined, { ...plain, ...headers })).status
	assert.equal(await meWith({}), 200)
	const https = { host: 'wa.example', 'sec-fetch-site': 'same-origin' }
	const isOverHttps: Record<string, string>[] = [
		https,
		{ host: 'wa.example', origin: 'https://wa.example' },
		{ host: 'wa.example', 'x-forwarded-proto': 'https' },
	]
	for (const headers of isOverHttps) {
		assert.equal(await meWith(headers), 401)
		assert.equal(await meWith({ ...headers, cookie: `__Secure-${plain.cookie}` }), 200)
		const both = { ...headers, cookie: `${plain.cookie}; __Secure-console=wrong` }
		assert.equal(await meWith(both), 401)
	}
	const overHttp = { host: 'wa.example:3000', origin: 'http://wa.example:3000' }
	assert.equal(await meWith(overHttp), 200)
	assert.equal(await meWith({ ...overHttp, cookie: `__Secure-${plain.cookie}` }), 401)
})

test('pages of other origins show nothing of ours', async (t) => {
	const gateway = await openGateway(t, { sandbox: await openSandbox(t) })
	for (const path of [
		'/console',
		'/console/icon.svg',
		'/console/api/me',
		'/console/assets/x.js',
		'/link',
	])
		assert.equal(
			(await gateway.request('GET', path, undefined, ownPage)).headers.get(
				'cross-origin-resource-policy',
			),
			'same-origin',
			path,
		)
})

test('wrong keys are slowed down as at the API', async (t) => {
	const gateway = await openGateway(t)
	const server = gateway.server()
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	t.after(() => server.close())
	const { port } = server.address() as { port: number }
	const guess = async () =>
		(
			await fetch(`http://127.0.0.1:${port}/console/api/sign-in`, {
				method: 'POST',
				headers: { 'x-console': '1', 'content-type': 'application/json' },
				body: JSON.stringify({ key: 'wrong' }),
			})
		).status
	const statuses = []
	for (let count = 0; count < 12; count++) statuses.push(await guess())
	assert.deepEqual(statuses, [...Array(10).fill(401), 429, 429])
})

test('a bad sign-in names its field', async (t) => {
	const gateway = await openGateway(t)
	for (const body of [{}, { key: '' }, { key: 5 }, []]) {
		const { status, body: problem } = await gateway.request(
			'POST',
			'/console/api/sign-in',
			body,
			ownPage,
		)
		assert.deepEqual([status, problem.field], [400, 'key'])
	}
})

test('a sign-in takes JSON, and little of it', async (t) => {
	const gateway = await openGateway(t)
	const statusOf = async (sent: Record<string, string>, body: string) =>
		(
			await gateway.app.request('/console/api/sign-in', {
				method: 'POST',
				headers: { ...ownPage, ...sent },
				body,
			})
		).status
	const right = JSON.stringify({ key: ADMIN_KEY })
	assert.equal(await statusOf({ 'content-type': 'text/plain' }, right), 415)
	assert.equal(await statusOf({}, JSON.stringify({ key: 'x'.repeat(9000) })), 413)
	assert.equal(await statusOf({}, right), 204)
})

test('who signs in often signs nobody else out', async (t) => {
	const gateway = await openGateway(t)
	const admin = await signedIn(gateway, ADMIN_KEY)
	const { body: key } = await gateway.request('POST', '/api/v1/keys', { name: 'busy' })
	const first = await signedIn(gateway, key.key)
	await Promise.all(Array.from({ length: 100 }, () => signedIn(gateway, key.key)))
	const statusOf = async ({ headers }: typeof admin) =>
		(await gateway.request('GET', '/console/api/me', undefined, headers)).status
	assert.deepEqual([await statusOf(admin), await statusOf(first)], [200, 401])
})

test('a number that was deleted and made again is told of anew', async (t) => {
	const sandbox = await openSandbox(t)
	const gateway = await openGateway(t, { sandbox })
	const { headers } = await signedIn(gateway, ADMIN_KEY)
	const stream = messagesOf(await gateway.app.request('/console/api/news', { headers }))
	for (let count = 0; count < 2; count++) {
		await gateway.request('POST', '/api/v1/sessions', { id: 'again' })
		await gateway.request('GET', '/api/v1/sessions/again/qr')
		for (let next = await stream.next(); next.value.data.type !== 'session.qr';)
			next = await stream.next()
		await gateway.request('DELETE', '/api/v1/sessions/again')
	}
})

test('a rotated or deleted key ends its pages and their streams', async (t) => {
	const gateway = await openGateway(t)
	for (const end of ['POST /rotate', 'DELETE ']) {
		const { body: key } = await gateway.request('POST', '/api/v1/keys', {
			name: 'browser',
			role: 'admin',
		})
		const { headers } = await signedIn(gateway, key.key)
		const stream = await gateway.app.request('/console/api/news', { headers })
		const messages = messagesOf(stream)
		assert.equal((await messages.next()).value.name, 'snapshot')
		const [method, path] = end.split(' ') as [string, string]
		await gateway.request(method, `/api/v1/keys/${key.id}${path}`)
		for (let next = await messages.next(); !next.done; next = await messages.next())
			assert.notEqual(next.value.name, 'snapshot')
		const { status, body } = await gateway.request('GET', '/console/api/me', undefined, headers)
		assert.deepEqual([status, body.code], [401, 'signed_out'])
	}
})

test('signing out ends the ticket', async (t) => {
	const gateway = await openGateway(t)
	const { headers } = await signedIn(gateway, ADMIN_KEY)
	const out = await gateway.request('POST', '/console/api/sign-out', undefined, headers)
	assert.match(out.headers.get('set-cookie')!, /^console=; Max-Age=0; Path=\/console/)
	assert.equal((await gateway.request('GET', '/console/api/me', undefined, headers)).status, 401)
})

test("a member's pages show its numbers only", async (t) => {
	const gateway = await openGateway(t)
	for (const id of ['mine', 'theirs']) await gateway.request('POST', '/api/v1/sessions', { id })
	const { body: key } = await gateway.request('POST', '/api/v1/keys', {
		name: 'client',
		sessions: ['mine'],
	})
	const { headers } = await signedIn(gateway, key.key)
	const ask = (path: string) => gateway.request('GET', `/console/api${path}`, undefined, headers)
	assert.deepEqual((await ask('/me')).body, {
		role: 'member',
		key: key.id,
		name: 'client',
		sandbox: false,
	})
	assert.deepEqual(
		(await ask('/sessions')).body.sessions.map(({ id }: { id: string }) => id),
		['mine'],
	)
	for (const [path, status] of Object.entries({
		'/sessions/theirs': 404,
		'/sessions/theirs/events': 404,
		'/keys': 403,
		'/sandbox': 404,
	}))
		assert.equal((await ask(path)).status, status, path)

	const stream = messagesOf(await gateway.app.request('/console/api/news?events=9', { headers }))
	const { data } = (await stream.next()).value
	assert.deepEqual(
		data.sessions.map(({ id }: { id: string }) => id),
		['mine'],
	)
	await gateway.request('POST', '/api/v1/sessions', { id: 'theirs-too' })
	await gateway.request('POST', '/api/v1/sessions/mine/webhooks', { url: 'http://127.0.0.1:9/' })
	for await (const { name, data } of stream) {
		assert.ok(!JSON.stringify(data).includes('theirs'))
		if (name === 'webhook') break
	}
})

test('each page allows itself nothing of another origin, and no script that is not ours', async (t) => {
	const gateway = await openGateway(t)
	const policyOf = async (path: string) =>
		(await gateway.request('GET', path, undefined, ownPage)).headers
	const headers = await policyOf('/console/numbers/main')
	assert.match(headers.get('content-security-policy')!, /default-src 'none'.*trusted-types 'none'/)
	assert.match(headers.get('permissions-policy')!, /microphone=\(\)/)
	assert.match(
		(await policyOf('/console/phone/1')).get('permissions-policy')!,
		/microphone=\(self\)/,
	)
})

test('CONSOLE=off serves no page', async (t) => {
	const gateway = await openGateway(t, { console: 'off' })
	const { headers } = await signedIn(gateway, ADMIN_KEY)
	assert.equal((await gateway.request('GET', '/console', undefined, headers)).status, 401)
	const root = await gateway.request('GET', '/', undefined, { accept: 'text/html' })
	assert.deepEqual([root.status, root.headers.get('location')], [303, '/docs'])
})

test('a page that is only open is signed out after twelve hours, and its stream ends', async (t) => {
	let ahead = 0
	const clock = { now: () => Date.now() + ahead, after: systemClock.after }
	const gateway = await openGateway(t, { delivery: { clock } })
	const { headers } = await signedIn(gateway, ADMIN_KEY)
	const stream = messagesOf(await gateway.app.request('/console/api/news', { headers }))
	assert.equal((await stream.next()).value.name, 'snapshot')
	ahead = 11 * 3_600_000
	// The stream is looked at once a second.
	await new Promise((resolve) => setTimeout(resolve, 1500))
	ahead = 13 * 3_600_000
	for await (const { name } of stream) assert.notEqual(name, 'snapshot')
	assert.equal((await gateway.request('GET', '/console/api/me', undefined, headers)).status, 401)
})
