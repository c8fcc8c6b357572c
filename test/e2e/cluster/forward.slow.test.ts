import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { textOf } from '../../../gateway/src/sandbox/phone/inbox.ts'
import { ADMIN_KEY } from '../../support/gateway-process.ts'
import { plain } from '../../support/media/fixtures.ts'
import { until } from '../../support/wait.ts'
import { openClusterWorld, type ClusterNode } from './support/world.ts'

const SESSION = 's00001'

/** Of a wrong key; the second one after some of them. */
const refusals = [401, 429]

/** Two gateways; the second one has no session. */
async function openTwo(
	t: Parameters<typeof openClusterWorld>[0],
	env: Record<string, string> = {},
) {
	const world = await openClusterWorld(t)
	const owner = await world.start(env)
	await world.link(owner, 1)
	const other = await world.start(env)
	const [line] = world.lines
	return { world, owner, other, line: line! }
}

async function ask(
	node: ClusterNode,
	method: string,
	path: string,
	body?: object | FormData,
	headers: Record<string, string> = {},
) {
	const isForm = body instanceof FormData
	const response = await fetch(`${node.url}${path}`, {
		method,
		headers: {
			'x-api-key': ADMIN_KEY,
			...(body && !isForm && { 'content-type': 'application/json' }),
			...headers,
		},
		...(body && { body: isForm ? body : JSON.stringify(body) }),
	})
	const text = await response.text()
	return {
		status: response.status,
		headers: response.headers,
		text,
		body: text ? JSON.parse(text) : undefined,
	}
}

test('every API, lists, files and streams of a session are served by a gateway that does not have it', async (t) => {
	const { world, other, line } = await openTwo(t)
	const { phone } = line.person.account
	const at = `/api/v1/sessions/${SESSION}`
	const arrives = (id: string) => line.person.receives((received) => received.id === id)
	assert.deepEqual(await world.spread(), { 'node-1': 1 })

	const sends: [door: string, path: string, body: object, headers?: Record<string, string>][] = [
		['native', `${at}/messages/text`, { to: phone, text: 'native' }],
		[
			'evolution',
			`/message/sendText/${SESSION}`,
			{ number: phone, text: 'e' },
			{ apikey: ADMIN_KEY },
		],
		['waha', '/api/sendText', { session: SESSION, chatId: `${phone}@c.us`, text: 'w' }],
		[
			'wawp',
			'/v2/send/text',
			{ access_token: ADMIN_KEY, instance_id: SESSION, chatId: phone, message: 'wawp' },
		],
		['wask', `/sessions/${SESSION}/send`, { to: phone, text: 'wask' }],
	]
	for (const [door, path, body, headers] of sends)
		await t.test(`${door} sends`, async () => {
			const answer = await ask(other, 'POST', path, body, headers)
			assert.ok([200, 201].includes(answer.status), answer.text)
			const { message_id, messageId, key, id } = answer.body
			const sent = message_id ?? messageId ?? key?.id ?? id?.id ?? id
			await arrives(String(sent).split('_').at(-1)!)
		})

	await t.test('a file of two megabytes is uploaded', async () => {
		const picture = await plain(1600, 1600).png({ compressionLevel: 0 }).toBuffer()
		assert.ok(picture.length > 2_000_000)
		const form = new FormData()
		form.append('to', phone)
		form.append('image', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'a.png')
		const { status, body, text } = await ask(other, 'POST', `${at}/messages/image`, form)
		assert.equal(status, 200, text)
		await arrives(body.message_id)
	})

	await t.test('a file of two megabytes that came in is downloaded', async () => {
		const data = randomBytes(2_000_000)
		const mimetype = 'application/octet-stream'
		const message = await line.person.media.attach('document', { data, mimetype, filename: 'a' })
		const id = await line.person.sends(message, { to: line.shop })
		const file = () =>
			fetch(`${other.url}${at}/media/${id}`, { headers: { 'x-api-key': ADMIN_KEY } })
		const answer = await until('the message is here', async () => {
			const answer = await file()
			return answer.status === 200 && answer
		})
		assert.ok(data.equals(Buffer.from(await answer.arrayBuffer())))
	})

	await t.test('events are streamed', async () => {
		const client = new AbortController()
		const { body } = await fetch(`${other.url}${at}/events/stream`, {
			headers: { 'x-api-key': ADMIN_KEY },
			signal: client.signal,
		})
		const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
		await line.person.says('Do you hear me?', { to: line.shop })
		let heard = ''
		while (!heard.includes('Do you hear me?')) heard += (await reader.read()).value ?? ''
		client.abort()
	})

	await t.test('it is listed, made, found at once and deleted', async () => {
		const own = await ask(other, 'POST', '/api/v1/sessions', { id: 'other' })
		assert.equal(own.status, 201, own.text)
		for (const node of world.nodes.values()) {
			const { body } = await ask(node, 'GET', '/api/v1/sessions')
			assert.deepEqual(body.sessions.map(({ id }: any) => id).sort(), ['other', SESSION])
			const found = await ask(node, 'GET', '/api/v1/sessions/other')
			assert.equal(found.body.id, 'other')
		}
		const [owner] = world.nodes.values()
		assert.equal((await ask(owner!, 'DELETE', '/api/v1/sessions/other')).status, 204)
		assert.equal((await ask(other, 'GET', '/api/v1/sessions/other')).status, 404)
	})

	await t.test('lists of other APIs, tags and a search over all sessions have it', async () => {
		await ask(other, 'PUT', `${at}/tags`, { tags: ['vip'] })
		const tags = await ask(other, 'GET', '/api/v1/tags')
		assert.deepEqual(tags.body, [{ tag: 'vip', session_count: 1 }])
		const waha = await ask(other, 'GET', '/api/sessions')
		assert.deepEqual(
			waha.body.map(({ name, status }: any) => [name, status]),
			[[SESSION, 'WORKING']],
		)
		const evolution = await ask(other, 'GET', '/instance/fetchInstances', undefined, {
			apikey: ADMIN_KEY,
		})
		assert.deepEqual(
			evolution.body.map(({ name, connectionStatus }: any) => [name, connectionStatus]),
			[[SESSION, 'open']],
		)
		await until('the message is found', async () => {
			const { body } = await ask(other, 'GET', '/api/v1/messages/search?q=hear')
			assert.deepEqual(body.not_searched, [])
			return body.messages.length === 1
		})
	})

	await t.test('rights are those of the key', async () => {
		const made = await ask(other, 'POST', '/api/v1/keys', { name: 'x', sessions: ['another'] })
		const headers = { 'x-api-key': made.body.key }
		for (const node of world.nodes.values())
			await until(
				`${node.name} knows the key, and that it is for another session`,
				async () => (await ask(node, 'GET', at, undefined, headers)).status === 404,
			)
	})
})

test('a key that is deleted at one gateway is refused by the others within 100 ms', async (t) => {
	const { owner, other } = await openTwo(t)
	const path = `/api/v1/sessions/${SESSION}`
	const times: number[] = []
	for (let n = 0; n < 20; n++) {
		const { body } = await ask(owner, 'POST', '/api/v1/keys', { name: 'x', sessions: [SESSION] })
		const headers = { 'x-api-key': body.key }
		const use = async () => (await ask(other, 'GET', path, undefined, headers)).status
		await until('the other gateway knows the key', async () => (await use()) === 200)
		await ask(owner, 'DELETE', `/api/v1/keys/${body.id}`)
		const deleted = performance.now()
		await until('the key is refused', async () => refusals.includes(await use()))
		times.push(performance.now() - deleted)
	}
	times.sort((a, b) => a - b)
	t.diagnostic(`refused after ${times.map((ms) => ms.toFixed(1)).join(' ')} ms`)
	assert.ok(times[times.length >> 1]! < 100)
})

for (const key of ['a key', undefined])
	test(`a send ${key ? 'with a key' : 'without one'} whose owner is killed before it answers ${key ? 'arrives exactly once' : 'is told that its outcome is not known'}`, async (t) => {
		const { world, owner, other, line } = await openTwo(t, { SEND_TIMEOUT: '30' })
		// WhatsApp acknowledges nothing: the owner waits with its answer.
		const { faults } = world.sandbox.whatsapp
		const { phone } = line.shop.account
		faults.holdAcks(phone)
		const body = { to: line.person.account.phone, text: 'once' }
		const path = `/api/v1/sessions/${SESSION}/messages/text`
		const answer = ask(other, 'POST', path, body, key ? { 'idempotency-key': key } : {})
		await until('the message has left', () => line.person.inbox.entries.length === 1)
		owner.process.kill('SIGKILL')
		faults.releaseAcks(phone)
		const { status, text } = await answer
		if (!key) {
			assert.equal(status, 504)
			assert.equal(JSON.parse(text).code, 'outcome_unknown')
			return
		}
		assert.equal(status, 200, text)
		await world.untilAllOpen()
		const arrived = line.person.inbox.entries.filter(({ message }) => textOf(message) === 'once')
		assert.equal(arrived.length, 1)
	})

test('while gateways are replaced one by one, every send through another one is answered at the first try', async (t) => {
	const { world, owner, other, line } = await openTwo(t)
	const third = await world.start()
	const { phone } = line.person.account
	const path = `/api/v1/sessions/${SESSION}/messages/text`
	const answers: number[] = []
	let longestMs = 0
	let going = true
	async function sends() {
		while (going) {
			const begun = performance.now()
			const key = { 'idempotency-key': `send ${answers.length}` }
			const { status } = await ask(third, 'POST', path, { to: phone, text: 'x' }, key)
			answers.push(status)
			longestMs = Math.max(longestMs, performance.now() - begun)
		}
	}
	const moreAnswers = (enough = answers.length + 10) =>
		until('sends are answered', () => answers.length >= enough)
	const sending = sends()
	for (const node of [owner, other]) {
		await moreAnswers()
		const ended = once(node.process, 'exit')
		node.process.kill('SIGTERM')
		await ended
		await world.untilAllOpen()
	}
	await moreAnswers()
	going = false
	await sending
	assert.deepEqual(
		answers.filter((status) => status !== 200 && status !== 202),
		[],
	)
	const arrived = () =>
		line.person.inbox.entries.filter(({ message }) => textOf(message) === 'x').length
	await until('all have arrived', () => arrived() >= answers.length)
	assert.equal(arrived(), answers.length)
	t.diagnostic(`${answers.length} sends, the longest ${Math.round(longestMs)} ms`)
})
