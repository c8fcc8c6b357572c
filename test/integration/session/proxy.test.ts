import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { linkedGateway, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { openGate } from '../../support/net/counted-gate.ts'
import { openProxy, proxyKinds } from '../../support/net/proxy.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { until } from '../../support/wait.ts'

const MAIN = '/api/v1/sessions/main'

for (const kind of proxyKinds)
	test(`a session reaches WhatsApp through its proxy only (${kind}): connection, uploads, downloads`, async (t) => {
		const { gateway, sandbox, ada, owner } = await linkedGateway(t)
		const receiver = await openReceiver(t)
		await gateway.request('POST', `${MAIN}/webhooks`, { url: receiver.url })
		const proxy = await openProxy(t, kind)
		const place = new URL(sandbox.wsUrl!).host
		const set = await gateway.request('PUT', `${MAIN}/proxy`, { url: proxy.url })
		assert.equal(set.status, 200, set.text)
		assert.match(set.body.url, /^(https?|socks5):\/\/user:\*\*\*@127\.0\.0\.1:\d+\/?$/)
		assert.deepEqual((await gateway.request('GET', `${MAIN}/proxy`)).body, set.body)
		await gateway.becomes('main', 'open')
		await until('the connection goes through it', () => proxy.connections.length >= 2)

		const document = { data: randomBytes(2_000).toString('base64') }
		const before = proxy.connections.length
		const sent = await gateway.request('POST', `${MAIN}/messages/document`, {
			to: ada.account.phone,
			document,
			filename: 'a.pdf',
		})
		assert.equal(sent.status, 200, sent.text)
		assert.ok(proxy.connections.length > before, 'the upload goes through it')

		const uploaded = proxy.connections.length
		const data = randomBytes(3_000)
		const file = await ada.media.attach('document', { data, mimetype: 'application/pdf' })
		const id = await ada.sends(file, { to: owner })
		await receiver.gets(({ event }) => event.data.message_id === id)
		const got = await gateway.request('GET', `${MAIN}/media/${id}?format=json`)
		assert.equal(got.body.data, data.toString('base64'), got.text.slice(0, 300))
		assert.ok(proxy.connections.length > uploaded, 'the download goes through it')
		assert.deepEqual([...new Set(proxy.connections)], [place])

		const total = proxy.connections.length
		const removed = await gateway.request('DELETE', `${MAIN}/proxy`)
		assert.deepEqual(removed.body, { url: null })
		await gateway.becomes('main', 'open')
		await ada.says('direct', { to: owner })
		await receiver.gets(({ event }) => event.data.text === 'direct')
		assert.equal(proxy.connections.length, total)
	})

test('a proxy that does not connect is refused, and nothing changes', async (t) => {
	const lines: string[] = []
	const { gateway } = await linkedGateway(t, { log: lines })
	const proxy = await openProxy(t, 'http')
	const socks = await openProxy(t, 'socks5')
	const wrongPassword = (url: string) => url.replace(/:[^:/]+@/, ':wrong-secret@')
	const refused = async (url: string, status: number, says: RegExp) => {
		const answer = await gateway.request('PUT', `${MAIN}/proxy`, { url })
		assert.equal(answer.status, status, answer.text)
		assert.equal(answer.body.field, 'url')
		assert.match(answer.body.detail, says)
	}
	await refused(wrongPassword(proxy.url), 422, /password/)
	await refused(wrongPassword(socks.url), 422, /password/)
	await refused('http://127.0.0.1:9', 422, /does not accept connections/)
	await refused('ftp://127.0.0.1:9', 400, /must start with/)
	await refused('http://127.0.0.1:9/path', 400, /must end after the port/)
	await refused('http://a%ZZ:b@127.0.0.1:9', 400, /percent-encoded/)
	await refused('nonsense', 400, /must start with/)
	proxy.works = socks.works = false
	await refused(proxy.url, 422, /answers 503/)
	await refused(socks.url, 422, /does not allow/)
	assert.deepEqual((await gateway.request('GET', `${MAIN}/proxy`)).body, { url: null })
	assert.equal(await gateway.statusOf('main'), 'open')
	assert.ok(!lines.some((line) => line.includes('wrong-secret') || line.includes('p%40ss')))
})

test('a session with a proxy from the start connects through it only, also after a restart', async (t) => {
	const sandbox = await openSandbox(t)
	const proxy = await openProxy(t, 'socks5')
	const gateway = await openGateway(t, { sandbox })
	const dead = { id: 'none', proxy: { url: 'http://127.0.0.1:9' } }
	const refused = await gateway.request('POST', '/api/v1/sessions', dead)
	assert.deepEqual(
		[refused.status, refused.body.code, refused.body.field],
		[422, 'proxy_failed', 'proxy.url'],
	)
	assert.equal((await gateway.request('GET', '/api/v1/sessions')).body.total, 0)
	const created = await gateway.request('POST', '/api/v1/sessions', {
		id: 'main',
		proxy: { url: proxy.url },
	})
	assert.equal(created.status, 201, created.text)
	assert.ok(!created.text.includes('p%40ss'))
	const { body } = await gateway.request('GET', `${MAIN}/qr`)
	assert.ok(body.qr)
	assert.ok(proxy.connections.length >= 2)
	const { dataDir } = gateway
	await gateway.stop()
	const before = proxy.connections.length
	const again = await openGateway(t, { sandbox, dataDir })
	await again.request('POST', `${MAIN}/connect`)
	await again.becomes('main', 'linking')
	await until('it goes through the proxy', () => proxy.connections.length > before)
})

const SECRET = /p%40ss|p@ss|word%3A|cEBzczp3b3Jk/

for (const kind of proxyKinds)
	test(`nothing goes around a proxy (${kind}): not the version, the link, the history, nor a file, and not when the proxy is down`, async (t) => {
		const lines: string[] = []
		const sandbox = await openSandbox(t)
		const gate = await openGate(t, sandbox)
		const proxy = await openProxy(t, kind)
		const receiver = await openReceiver(t)
		const gateway = await openGateway(t, { sandbox: gate.whatsapp, log: lines })
		const owner = sandbox.phone('491700000001', { name: 'Owner' })
		const ada = sandbox.phone('491700000002', { name: 'Ada' })
		// More than fits into a message: the phone gives it as a file.
		const long = () => randomBytes(6_000).toString('base64')
		for (let count = 0; count < 20; count++) await ada.says(long(), { to: owner })
		const answers: string[] = []
		const ask = async (method: string, path: string, body?: object) => {
			const answer = await gateway.request(method, path, body)
			assert.ok(answer.status < 300, answer.text)
			answers.push(answer.text)
			return answer.body
		}
		const events = ['*', 'history.*']
		const webhook = { url: receiver.url, events }
		const asked = { id: 'main', proxy: { url: proxy.url }, webhook }
		await ask('POST', '/api/v1/sessions', asked)
		owner.scans((await ask('GET', `${MAIN}/qr`)).qr)
		await gateway.becomes('main', 'open')
		assert.equal(gateway.sessions.version().origin, 'whatsapp', 'the version was looked up')
		const isLong = ({ text }: { text: string }) => text?.length === 8_000
		await receiver.gets(
			({ event }) => event.type === 'history.messages' && event.data.messages.some(isLong),
		)

		const document = { data: randomBytes(2_000).toString('base64') }
		await ask('POST', `${MAIN}/messages/document`, {
			...{ to: ada.account.phone, document, filename: 'a.pdf' },
		})
		const data = randomBytes(3_000)
		const file = await ada.media.attach('document', { data, mimetype: 'application/pdf' })
		const id = await ada.sends(file, { to: owner })
		await receiver.gets(({ event }) => event.data.message_id === id)
		assert.equal(
			(await ask('GET', `${MAIN}/media/${id}?format=json`)).data,
			data.toString('base64'),
		)
		await ask('GET', '/api/v1/gateway/checks')
		await ask('GET', `${MAIN}/proxy`)
		await ask('GET', MAIN)
		await ask('GET', `${MAIN}/events?limit=1000`)
		await ask('GET', '/api/v1/gateway')

		const direct = () => gate.ports.filter((port) => !proxy.ports.has(port))
		// The look-up, the linking, the connection, files in both directions and what Health asks.
		assert.ok(gate.ports.length >= 6, `${gate.ports.length} connections`)
		assert.deepEqual(direct(), [])
		assert.deepEqual([...new Set(proxy.connections)], [gate.place])

		proxy.works = false
		sandbox.whatsapp.drops(owner.account)
		const troubled = await until('the proxy is named as what is wrong', async () => {
			const { last_disconnect } = await ask('GET', MAIN)
			return /^The proxy 127\.0\.0\.1:\d+ /.test(last_disconnect?.advice) && last_disconnect
		})
		assert.match(troubled.advice, /Look at the proxy of this session/)
		const refused = await gateway.request('GET', `${MAIN}/media/${id}?format=json`)
		answers.push(refused.text)
		await ask('GET', '/api/v1/gateway/checks')
		assert.deepEqual(direct(), [], 'a proxy that is down leads to no other way')
		proxy.works = true
		await gateway.becomes('main', 'open')
		assert.deepEqual(direct(), [])

		const told = receiver.posts.map(({ raw }) => raw)
		for (const text of [...answers, ...lines, ...told]) assert.doesNotMatch(text, SECRET)
		assert.ok(answers.length > 8 && lines.length > 5 && told.length > 3)
	})
