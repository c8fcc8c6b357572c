import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Frame } from '../../../gateway/src/sandbox/server/frame-log.ts'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { bytesOf, openLine, type Heard } from './support/ask.ts'
import { openDoor } from './support/door.ts'
import { createGenerator, type Generated } from './support/generate.ts'
import { withKey } from './support/keyed.ts'
import { documentOf, operationsIn, otherOperations } from './support/operations.ts'
import { createRandom } from '../../support/random.ts'
import { openWorld, type World } from './support/world.ts'

/** What may be asked for without a key, and why. */
const publicOnes: Record<string, string> = {
	'GET /health': 'a supervisor has no key; it says only that the gateway lives',
	'GET /ready': 'the same; it counts sessions for those who have a key only',
	'GET /api/v1/health': 'a second address of the same',
	'GET /api/v1/ready': 'a second address of the same',
	'GET /openapi.json': 'it describes the program and nothing of its state',
	'GET /api/v1/openapi.json': 'a second address of the same',
	'GET /media/{token}': 'the link itself is the key to one file, until it expires',
	'GET /docs': 'it shows the document',
	'GET /docs/start.js': 'a part of it',
	'GET /docs/swagger-ui-bundle.js': 'a part of it',
	'GET /docs/swagger-ui.css': 'a part of it',
}

/** What an address may be made of that another reader would take for the same. */
const tricks: Record<string, (path: string) => string> = {
	'two slashes first': (path) => `/${path}`,
	'two slashes inside': (path) => path.replace(/\/([^/]+)$/, '//$1'),
	'an encoded slash': (path) => path.replace(/\/([^/]+)$/, '%2F$1'),
	'encoded slashes': (path) => `/${path.slice(1).replaceAll('/', '%2f')}`,
	'out of a public one': (path) => `/health/..${path}`,
	'out of a public one, encoded': (path) => `/health/%2e%2e${path}`,
	'out of a public one, encoded twice': (path) => `/health/%252e%252e${path}`,
	'out of a public one, with a semicolon': (path) => `/health/..;${path}`,
	'out of a public one, with a backslash': (path) => `/health/..\\${path.slice(1)}`,
	'out of a file': (path) => `/media/..${path}`,
	'upper case': (path) => path.toUpperCase(),
	'an encoded letter': (path) =>
		path.replace(/\/(\w)/, (_, c) => `/%${c.charCodeAt(0).toString(16)}`),
	'a dot at the end': (path) => `${path}.`,
	'a slash at the end': (path) => `${path}/`,
	'an encoded space at the end': (path) => `${path}%20`,
	'a zero byte at the end': (path) => `${path}%00`,
	'an ending': (path) => `${path}.json`,
	'a parameter of the path': (path) => `${path};x=1`,
	'a dot inside': (path) => path.replace(/\/([^/]+)$/, '/./$1'),
	'there and back': (path) => path.replace(/\/([^/]+)$/, '/x/../$1'),
	'a whole URL': (path) => `http://gateway.test${path}`,
	'a whole URL of another host': (path) => `http://127.0.0.1:1${path}`,
	'a broken escape': (path) => `${path}%`,
	'an overlong slash': (path) => path.replace(/\/([^/]+)$/, '%c0%af$1'),
}

const methods = ['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PROPFIND']

test('every address is closed to who has no key, a wrong one, or one for something else', async (t) => {
	const { world, requests, assertNothingHappened } = await openTable(t)
	const strangers = {
		nobody: undefined,
		'nobody known': `${ADMIN_KEY}x`,
		'an admin, nearly': ADMIN_KEY.slice(0, -1),
	}
	for (const [name, request] of requests) {
		const neighbours = {
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

test('with the right key the same requests are answered, so that the refusals mean something', async (t) => {
	const { world, requests } = await openTable(t)
	const questions = requests.filter(([name]) => /^GET (?!.*(stream|qr)$)/.test(name))
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

test('an address that is spelt another way is closed all the same', async (t) => {
	const { world, requests, assertNothingHappened } = await openTable(t)
	const ask = openLine(t, await openDoor(t, world.gateway))
	for (const [name, request] of requests) {
		const keys = [undefined, await world.keyOfAnotherSession()]
		for (const [trick, spelt] of Object.entries(tricks)) {
			for (const key of keys) {
				const asked = withKey({ ...request, path: spelt(request.path) }, key)
				const answer = await ask(asked)
				const what = `${name}, ${trick}: ${answer.status} ${answer.text}`
				assertNothingSaid(world, asked, answer)
				if (!key || speaksOfMain(world, request)) assert.ok(isRefused(answer), what)
			}
		}
	}
	await assertNothingHappened()
	t.diagnostic(`${requests.length * Object.keys(tricks).length * 2} requests`)
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

/** Everything that can be asked for but needs a key, as requests that mean the session `main`. */
async function openTable(t: TestContext) {
	const world = await openWorld(t)
	const document = await documentOf(world.gateway)
	const random = createRandom(1)
	const generator = createGenerator({ document, random, known: world.known, optional: 0 })
	const written = operationsIn(document)
	const all = [...written, ...otherOperations(world.gateway, written)]
	const requests = all
		.map((operation) => [`${operation.method} ${operation.path}`, operation] as const)
		.filter(([name]) => !(name in publicOnes))
		.map(([name, operation]) => [name, generator.request(operation)] as const)
	assert.ok(requests.length > 150)
	assert.ok(requests.some(([name]) => name.includes('/sandbox/')))
	await until('nothing is under way', () => isAtRest(world))
	const before = await stateOf(world)
	return {
		world,
		requests,
		assertNothingHappened: async () => assert.deepEqual(await stateOf(world), before),
	}
}

/** Whether the webhook has got every event: from then on the state changes only by what is asked. */
async function isAtRest({ gateway }: World): Promise<boolean> {
	const { body } = await gateway.request('GET', '/api/v1/sessions/main/webhooks')
	return body.webhooks.every(({ delivery }: any) => delivery.pending === 0)
}

async function send({ gateway }: World, request: Generated): Promise<Heard> {
	const { method, path, headers, body } = request
	const bytes = bytesOf(body, headers)
	const response = await gateway.app.request(path, { method, headers, body: bytes ?? null })
	const type = response.headers.get('content-type') ?? ''
	return { status: response.status, type, text: await response.text() }
}

/** A refusal says so, and in JSON. That a name is taken already is no secret, nor what no one can do. */
function isRefused({ status, type, text }: Heard): boolean {
	if (status === 200) return text === '[]'
	const isForm = text === '' || /^application\/(problem\+)?json/.test(type)
	return isForm && [400, 401, 403, 404, 405, 409, 415, 501].includes(status)
}

function assertNothingSaid({ secrets }: World, asked: Generated, { text }: Heard): void {
	// What the request itself has said may be said again.
	const said = JSON.stringify(asked)
	const heard = secrets.filter((secret) => text.includes(secret) && !said.includes(secret))
	assert.deepEqual(heard, [], `${said}: ${text}`)
}

/** True if a request names something that belongs to the session `main`. */
function speaksOfMain({ known }: World, { path, body }: Generated): boolean {
	const ids = ['session', 'workspace', 'key', 'token'].flatMap((name) => known(name))
	const words = [...path.split(/[/?&=]/), ...Object.values(Object(body))]
	return words.some((word) => ids.includes(word)) || path.startsWith('/sandbox')
}

/** What a request could have changed: the settings, what was sent, and what was said to WhatsApp. */
async function stateOf({ gateway, sandbox, ada, owner, own }: World) {
	const get = async (path: string) => (await gateway.request('GET', `/api/v1/${path}`)).body
	const { keys } = await get('keys')
	return {
		session: await get('sessions/main'),
		webhooks: await get('sessions/main/webhooks'),
		events: await get('sessions/main/events?limit=1000'),
		key: keys.find(({ id }: { id: string }) => id === own),
		phones: [...sandbox.phones.keys()],
		received: [ada, owner].map(({ inbox }) => inbox.entries.length),
		frames: sandbox.whatsapp.log.list(isAct).map(({ stanza: { tag, attrs } }) => ({ tag, attrs })),
	}
}

// The rest a client also does by itself: it pings, acknowledges, and brings new keys.
const isAct = ({ direction, stanza: { tag, attrs } }: Frame) =>
	direction === 'in' &&
	(['message', 'presence', 'chatstate'].includes(tag) || attrs.type === 'read')
