import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Frame } from '../../../../gateway/src/sandbox/server/frame-log.ts'
import { createRandom } from '../../../support/random.ts'
import { until } from '../../../support/wait.ts'
import type { Heard } from './ask.ts'
import { createGenerator, type Generated } from './generate.ts'
import { documentOf, operationsIn, otherOperations } from './operations.ts'
import { openWorld, type World } from './world.ts'

/** What may be asked for without a key, and why. */
const publicOnes: Record<string, string> = {
	'GET /health': 'a supervisor has no key; it says only that the gateway lives',
	'GET /ready': 'the same; it counts sessions for those who have a key only',
	'GET /api/v1/health': 'a second address of the same',
	'GET /api/v1/ready': 'a second address of the same',
	'GET /openapi.json': 'it describes the program and nothing of its state',
	'GET /api/v1/openapi.json': 'a second address of the same',
	'GET /media/{token}': 'the link itself is the key to one file, until it expires',
	'GET /passkey/{token}': 'the token is the key to one request for a passkey: passkeys.test.ts',
	'POST /passkey/{token}': 'the same',
	'GET /docs': 'it shows the document',
	'GET /docs/start.js': 'a part of it',
	'GET /docs/swagger-ui-bundle.js': 'a part of it',
	'GET /docs/swagger-ui.css': 'a part of it',
	'GET /': 'it says where the API is',
	'GET /console/*': 'a page has no data in it: it asks for them',
	'GET /console/phone/*': 'the same',
	'GET /console/icon.svg': 'a part of the pages',
	'GET /console/forms.json': 'a part of the pages',
	'GET /console/assets/{name}': 'a part of the pages',
	'POST /console/api/sign-in': 'the door itself: door.test.ts',
	'POST /console/api/sign-out': 'it ends the ticket that it is given: door.test.ts',
	'GET /link': 'a page has no data in it',
	'POST /link/open': 'the door of pairing links: links.test.ts',
	'GET /link/{link}': 'a page has no data in it',
	'GET /link/{link}/api/page': 'it needs the cookie of a link, not a key: links.test.ts',
	'GET /link/{link}/api/logo.jpg': 'the same',
	'GET /link/{link}/api/news': 'the same',
	'GET /link/{link}/api/qr': 'the same',
	'POST /link/{link}/api/code': 'the same',
	'POST /link/{link}/api/passkey': 'the same',
	'POST /link/{link}/api/passkey/confirm': 'the same',
}

/** What a browser sends along with what one of our pages asks, with a ticket that nobody was given. */
const ofPages = {
	host: 'localhost',
	'x-console': '1',
	cookie: 'console=a-ticket-that-was-not-given',
}

/** Whether a cookie opens it and no key. */
export const isOfPages = (path: string) => path.startsWith('/console/')

/** Everything that can be asked for but needs a key, as requests that mean the session `main`. */
export async function openTable(t: TestContext) {
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
		.map(([name, request]) => [name, asAPage(request)] as const)
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

function asAPage(request: Generated): Generated {
	if (!isOfPages(request.path)) return request
	return { ...request, headers: { ...request.headers, ...ofPages } }
}

/** Whether the webhook has got every event: from then on the state changes only by what is asked. */
async function isAtRest({ gateway }: World): Promise<boolean> {
	const { body } = await gateway.request('GET', '/api/v1/sessions/main/webhooks')
	return body.webhooks.every(({ delivery }: any) => delivery.pending === 0)
}

/** A refusal says so, and in JSON. That a name is taken already is no secret, nor what no one can do. */
export function isRefused({ status, type, text }: Heard): boolean {
	if (status === 200) return text === '[]'
	const isForm = text === '' || /^application\/(problem\+)?json/.test(type)
	return isForm && [400, 401, 403, 404, 405, 409, 415, 501].includes(status)
}

export function assertNothingSaid({ secrets }: World, asked: Generated, { text }: Heard): void {
	// What the request itself has said may be said again.
	const said = JSON.stringify(asked)
	const heard = secrets.filter((secret) => text.includes(secret) && !said.includes(secret))
	assert.deepEqual(heard, [], `${said}: ${text}`)
}

/** True if a request names something that belongs to the session `main`. */
export function speaksOfMain({ known }: World, { path, body }: Generated): boolean {
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
		webhooks: (await get('sessions/main/webhooks')).webhooks.map(withoutHistory),
		events: (await get('sessions/main/events?limit=1000')).events.map(withoutQr),
		key: keys.find(({ id }: { id: string }) => id === own),
		phones: [...sandbox.phones.keys()],
		received: [ada, owner].map(({ inbox }) => inbox.entries.length),
		frames: sandbox.whatsapp.log.list(isAct).map(({ stanza: { tag, attrs } }) => ({ tag, attrs })),
	}
}

// The log forgets a QR that has expired.
const withoutQr = ({ data: { qr, ...data }, ...event }: any) => ({ ...event, data })

// Deliveries follow the events, which are compared, a moment later.
const withoutHistory = ({ last_attempt, last_delivered_at, last_24_hours, ...webhook }: any) =>
	webhook

// The rest a client also does by itself: it pings, acknowledges, and brings new keys.
const isAct = ({ direction, stanza: { tag, attrs } }: Frame) =>
	direction === 'in' &&
	(['message', 'presence', 'chatstate'].includes(tag) || attrs.type === 'read')
