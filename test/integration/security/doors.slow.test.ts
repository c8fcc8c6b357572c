import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { bytesOf, openLine, type Heard } from './support/ask.ts'
import {
	assertNothingSaid,
	isOfPages,
	isRefused,
	openTable,
	speaksOfMain,
} from './support/closed.ts'
import { openDoor } from './support/door.ts'
import type { Generated } from './support/generate.ts'
import { withKey } from './support/keyed.ts'
import type { World } from './support/world.ts'

/** Fewer than any API takes from a key in a minute. */
const ONE_KEY_ASKS = 20
const methods = ['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PROPFIND']

test('every address is closed to who has no key, a wrong one, or one for something else', async (t) => {
	const { world, requests, assertNothingHappened } = await openTable(t)
	const strangers = {
		nobody: undefined,
		'nobody known': `${ADMIN_KEY}x`,
		'an admin, nearly': ADMIN_KEY.slice(0, -1),
	}
	let neighbours: Record<string, string> = {}
	for (const [index, [name, request]] of requests.entries()) {
		if (index % ONE_KEY_ASKS === 0)
			neighbours = {
				'another session': await world.keyOfAnotherSession(),
				'another workspace': await world.keyOfAnotherWorkspace(),
			}
		for (const [whose, key] of Object.entries({ ...strangers, ...neighbours })) {
			const answer = await send(world, withKey(request, key))
			const what = `${name}, key of ${whose}: ${answer.status} ${answer.text}`
			assertNothingSaid(world, request, answer)
			if (whose in strangers) assert.equal(answer.status, 401, what)
			else if (speaksOfMain(world, request)) assert.ok(isRefused(answer), what)
		}
	}
	await assertNothingHappened()
	t.diagnostic(`${requests.length} operations`)
})

test('the pages of who may use another session open nothing of this one', async (t) => {
	const { world, requests, assertNothingHappened } = await openTable(t)
	// The news never ends: door.test.ts looks at what they tell.
	const ofPages = requests.filter(([, { path }]) => isOfPages(path) && !path.includes('/news'))
	const cookies = [
		await ticketFor(world, await world.keyOfAnotherSession()),
		await ticketFor(world, await world.keyOfAnotherWorkspace()),
	]
	for (const [name, request] of ofPages)
		for (const cookie of cookies) {
			const answer = await send(world, { ...request, headers: { ...request.headers, cookie } })
			const what = `${name}: ${answer.status} ${answer.text}`
			assertNothingSaid(world, request, answer)
			if (speaksOfMain(world, request)) assert.ok(isRefused(answer), what)
		}
	await assertNothingHappened()
	t.diagnostic(`${ofPages.length} operations`)
})

test('with the right key the same requests are answered, so that the refusals mean something', async (t) => {
	const { world, requests } = await openTable(t)
	const questions = requests.filter(
		([name, { path }]) => /^GET (?!.*(stream|qr)$)/.test(name) && !isOfPages(path),
	)
	const answers = await Promise.all(
		questions.map(([, request]) => send(world, withKey(request, ADMIN_KEY))),
	)
	const telling = answers.filter(({ text }) =>
		world.secrets.some((secret) => text.includes(secret)),
	)
	assert.ok(telling.length >= 12, `${telling.length} of ${questions.length}`)
	assert.deepEqual(
		answers.filter(({ status }) => status === 401 || status === 403),
		[],
	)
})

test('a method that nobody has thought of opens nothing either', async (t) => {
	const { world, requests, assertNothingHappened } = await openTable(t)
	const ask = openLine(t, await openDoor(t, world.gateway))
	for (const [name, { path, headers }] of requests) {
		for (const method of methods) {
			const asked = { method, path, headers }
			const answer = await ask(asked)
			assertNothingSaid(world, asked, answer)
			assert.ok(isRefused(answer), `${method} for ${name}: ${answer.status} ${answer.text}`)
		}
	}
	await assertNothingHappened()
})

/** What a browser sends that is signed in with a key. */
async function ticketFor({ gateway }: World, key: string): Promise<string> {
	const headers = { host: 'localhost', 'x-console': '1', 'content-type': 'application/json' }
	const { headers: answered } = await gateway.request(
		'POST',
		'/console/api/sign-in',
		{ key },
		headers,
	)
	return answered.get('set-cookie')!.split(';')[0]!
}

async function send({ gateway }: World, request: Generated): Promise<Heard> {
	const { method, path, headers, body } = request
	const bytes = bytesOf(body, headers)
	const response = await gateway.app.request(path, { method, headers, body: bytes ?? null })
	const type = response.headers.get('content-type') ?? ''
	return { status: response.status, type, text: await response.text() }
}
