import assert from 'node:assert/strict'
import type { RequestListener, ServerResponse } from 'node:http'
import { test, type TestContext } from 'node:test'
import { until } from '../../../support/wait.ts'
import { openFileWorld } from '../../../support/gateway/files.ts'
import { inOrder } from '../../../support/gateway/in-order.ts'
import { openServer } from '../../../support/media/server.ts'

/** A media host that answers when the test says so, and people to write to. */
async function openSlowWorld(t: TestContext, options: { sendTimeout?: number } = {}) {
	const held = new Map<string, ServerResponse>()
	const hold: RequestListener = (request, response) => void held.set(request.url!, response)
	const { url } = await openServer(t, hold)
	const world = await openFileWorld(t, { fetchAllow: ['127.0.0.1'], ...options })
	const to = world.ada.account.phone
	const cy = world.sandbox.phone('491700000004', { name: 'Cy' })
	let answered = 0

	function send(type: string, fields: object, headers: Record<string, string> = {}) {
		const all = { 'x-api-key': 'an-admin-key-for-tests-only', 'content-type': 'application/json' }
		const path = `/api/v1/sessions/main/messages/${type}`
		const answer = world.gateway.request('POST', path, { to, ...fields }, { ...all, ...headers })
		return answer.finally(() => answered++)
	}

	return {
		...world,
		held,
		answered: () => answered,
		/** Sends a document that the host has under a name. */
		document: (name: string, more: object = {}, headers?: Record<string, string>) =>
			send('document', { document: { url: `${url}/${name}` }, filename: name, ...more }, headers),
		text: (text: string, more: object = {}, headers?: Record<string, string>) =>
			send('text', { text, ...more }, headers),
		send,
		url,
		/** Another message, to another chat. */
		passes: () => send('text', { to: cy.account.phone, text: 'passing by' }),
		/** Waits until the host has so many requests that it has not answered. */
		hangs: (count: number) => until(`${count} fetches hang`, () => held.size === count),
		/** What Ada got of it, in the order in which it came. */
		arrivals: (answers: { body: any }[]) => {
			const ids = answers.map(({ body }) => body.message_id)
			return world.ada.inbox.entries.map(({ id }) => ids.indexOf(id)).filter((at) => at >= 0)
		},
	}
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

test('fifteen files of a host that hangs are fetched side by side, and the text behind them is sent once they failed', async (t) => {
	const { document, text, hangs, held, answered, passes, leftovers } = await openSlowWorld(t)
	const documents = numbers(15).map((index) => document(`${index}.pdf`))
	await hangs(15)
	const behind = text('behind them')
	await passes()
	assert.equal(answered(), 1, 'only what went to another chat')
	for (const response of held.values()) response.destroy()
	for (const { status, body } of await Promise.all(documents))
		assert.deepEqual([status, body.code, body.field], [422, 'media_fetch_failed', 'document'])
	assert.equal((await behind).status, 200)
	assert.deepEqual(await leftovers(), [])
})

const headersOf: Record<string, (index: number) => Record<string, string>> = {
	requests: () => ({}),
	'items of a batch': (index) => ({ 'batch-item': `run;${index}` }),
	'requests with idempotency keys': (index) => ({ 'idempotency-key': `key-${index}` }),
}
for (const [kind, headers] of Object.entries(headersOf)) {
	test(`${kind} leave in their order, in whichever order their files come`, async (t) => {
		const { document, text, hangs, held, arrivals, passes, ada } = await openSlowWorld(t)
		const sends = numbers(12).map(
			(index) => () =>
				index % 3 === 2
					? text(`text ${index}`, {}, headers(index))
					: document(`${index}.pdf`, {}, headers(index)),
		)
		const sending = inOrder(sends, passes)
		await hangs(8)
		for (const [name, response] of [...held].reverse()) {
			response.end(`the bytes of ${name}`)
			await new Promise((resolve) => response.once('close', resolve))
		}
		const answers = await sending
		for (const { status, text: said } of answers) assert.equal(status, 200, said)
		for (const { body } of answers) await ada.receives(({ id }) => id === body.message_id)
		assert.deepEqual(arrivals(answers), numbers(12))
	})
}

test('one that fails in the middle leaves the order of the others as it is', async (t) => {
	const { document, hangs, held, arrivals, passes, ada } = await openSlowWorld(t)
	const sends = numbers(4).map((index) => () => document(`${index}.pdf`))
	const sending = inOrder(sends, passes)
	await hangs(4)
	held.get('/1.pdf')!.writeHead(404).end()
	for (const index of [3, 2, 0]) held.get(`/${index}.pdf`)!.end('bytes')
	const answers = await sending
	assert.deepEqual(
		answers.map(({ status }) => status),
		[200, 422, 200, 200],
	)
	const sent = answers.filter(({ status }) => status === 200)
	for (const { body } of sent) await ada.receives(({ id }) => id === body.message_id)
	assert.deepEqual(arrivals(sent), [0, 1, 2])
})

/** Ways in which a host keeps a file back for ever. */
const hanging: Record<string, (response: ServerResponse) => void> = {
	'sends nothing': () => {},
	'sends only headers': (response) => response.writeHead(200).flushHeaders(),
	'stops in the middle': (response) => {
		response.writeHead(200, { 'content-length': '1000' })
		response.write('a little')
	},
	'redirects to itself, where it hangs': (response) =>
		response.writeHead(302, { location: `${response.req.url}-again` }).end(),
}
test('a file that a host keeps back fails at the limit, and a text sent with it leaves', async (t) => {
	const world = await openSlowWorld(t, { sendTimeout: 2 })
	const cases = Object.entries(hanging).map(([kind, hang], index) => {
		const person = world.sandbox.phone(`49170000010${index}`, { name: kind })
		const to = person.account.phone
		const file = world.document(`${index}.pdf`, { to })
		return { kind, hang, person, file, text: () => world.text(kind, { to }) }
	})
	await world.hangs(cases.length)
	for (const [index, { hang }] of cases.entries()) hang(world.held.get(`/${index}.pdf`)!)
	const behind = cases.map(({ text }) => text())
	for (const [index, { kind, person, file }] of cases.entries()) {
		const { status, body } = await file
		assert.deepEqual([status, body.code], [504, 'send_timeout'], kind)
		assert.ok([200, 202].includes((await behind[index]!).status), kind)
		await person.receives(kind)
	}
	await until('nothing is left on the disk', async () => (await world.leftovers()).length === 0)
})

test('the files of an album are fetched side by side, and one that fails ends the others', async (t) => {
	const { send, url, hangs, held, leftovers } = await openSlowWorld(t)
	const items = numbers(3).map((index) => ({ image: { url: `${url}/${index}.png` } }))
	const album = send('album', { items })
	await hangs(3)
	held.get('/1.png')!.writeHead(404).end()
	const { status, body } = await album
	assert.deepEqual([status, body.field], [422, 'items.1.image'])
	await until('nothing is left on the disk', async () => (await leftovers()).length === 0)
})

test('a file that hangs in one chat holds no other chat', async (t) => {
	const { document, text, hangs, held, sandbox } = await openSlowWorld(t)
	const bo = sandbox.phone('491700000003', { name: 'Bo' })
	const file = document('late.pdf')
	await hangs(1)
	assert.equal((await text('elsewhere', { to: bo.account.phone })).status, 200)
	held.get('/late.pdf')!.end('bytes')
	assert.equal((await file).status, 200)
})

test('a request that failed for its file is sent when it is repeated with its key', async (t) => {
	const { document, hangs, held, ada } = await openSlowWorld(t)
	const key = { 'idempotency-key': 'the same' }
	const first = document('a.pdf', {}, key)
	await hangs(1)
	held.get('/a.pdf')!.writeHead(500).end()
	assert.equal((await first).status, 422)
	held.clear()
	const again = document('a.pdf', {}, key)
	await hangs(1)
	held.get('/a.pdf')!.end('bytes')
	const { status, body } = await again
	assert.equal(status, 200)
	await ada.receives(({ id }) => id === body.message_id)
})

test('more files than are fetched at once are all fetched, a few at a time', async (t) => {
	const { document, hangs, held, answered } = await openSlowWorld(t)
	const sends = numbers(20).map((index) => document(`${index}.pdf`))
	await hangs(16)
	assert.equal(answered(), 0)
	const [first] = held.values()
	first!.end('bytes')
	await hangs(17)
	await until('all are fetched', () => {
		for (const response of held.values()) response.end('bytes')
		return answered() === 20
	})
	for (const { status } of await Promise.all(sends)) assert.equal(status, 200)
})
