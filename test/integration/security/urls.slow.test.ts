import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import { watchConnects } from '../../support/media/connects.ts'
import { elsewhere, loopback, notHttp } from '../../support/media/hostile-urls.ts'
import { openServer } from '../../support/media/server.ts'
import { openFileWorld } from '../../support/gateway/files.ts'
import { bytesOf } from './support/ask.ts'
import { createGenerator, type Generated } from './support/generate.ts'
import { withKey } from './support/keyed.ts'
import { documentOf, operationsIn } from './support/operations.ts'
import { createRandom } from '../../support/random.ts'
import { openWorld } from './support/world.ts'

/** Fields of any API that may hold the URL of a file or of a webhook. */
const named =
	/^(url|image|video|audio|document|sticker|file|thumbnail|webhookUrl|imageUrl|fileUrl)$/
/** One API lets a key ask sixty times a minute. */
const REQUESTS_PER_KEY = 50

const hostile = (port: number) => [...loopback(port), ...elsewhere, ...notHttp]

/** So many places share the table, unless FUZZ asks for all of it at each. */
const SHARE = process.env.FUZZ ? 1 : 8
const ofShare = (turn: number) => (_: unknown, index: number) => (index + turn) % SHARE === 0

/** These get the whole table: one for files, one for webhooks. */
const whole = /\/(messages\/image|webhooks)$/

test('no field of any API leads to an address that is forbidden', async (t) => {
	const world = await openWorld(t)
	const trap = await openServer(t, (_request, response) => response.end('secret'))
	const document = await documentOf(world.gateway)
	const random = createRandom(1)
	// Files beside the one in question would be brought to the media host.
	const known = (name: string) =>
		named.test(name) || name === 'data' ? [trap.url] : world.known(name)
	const generator = createGenerator({ document, random, known, optional: 1 })
	const places = operationsIn(document).flatMap((operation) => {
		if (!operation.bodies['application/json']) return []
		const request = generator.request(operation, 'application/json')
		return placesIn(request.body).map((place) => ({ operation, request, place }))
	})
	// They would get the files that are sent from the media host.
	world.owner.incoming.listens = world.ada.incoming.listens = false
	// Events of before may still be on their way to the webhook that is allowed.
	const connects = watchConnects(t, [world.receiver.port])
	const refused = new Set<string>()
	let asked = 0
	let key = ''
	for (const [turn, { operation, request, place }] of places.entries()) {
		const share = whole.test(operation.path) ? () => true : ofShare(turn)
		for (const url of hostile(trap.port).filter(share)) {
			if (asked++ % REQUESTS_PER_KEY === 0) key = await world.keyOfMain()
			const { method, path, headers, body } = withKey(withUrl(request, place, url), key)
			const bytes = bytesOf(body, headers) ?? null
			const { status } = await world.gateway.app.request(path, { method, headers, body: bytes })
			const what = `${operation.method} ${operation.path} ${place.join('.')} ${url}: ${status}`
			assert.notEqual(status, 500, what)
			assert.equal(connects(), 0, what)
			// Taken as it is: a field that is shown to people, and never called.
			if (status < 300) break
			refused.add(operation.path)
		}
	}
	assert.equal(trap.connections(), 0)
	assert.ok(refused.size >= 20, [...refused].join(' '))
	t.diagnostic(`${places.length} fields, ${refused.size} operations, ${asked} requests`)
})

test('no message leads to an address that is forbidden, by its URL or its path', async (t) => {
	const { owner, adaSends, gateway } = await openFileWorld(t)
	owner.incoming.listens = false
	const trap = await openServer(t, (_request, response) => response.end('secret'))
	await gateway.request('POST', '/api/v1/sessions/main/media/upload', {
		media_type: 'document',
		data: 'eA==',
	})
	const hash = Buffer.alloc(32, 1)
	const file = { mediaKey: hash, fileSha256: hash, fileEncSha256: hash, mimetype: 'text/plain' }
	const told = (place: proto.Message.IDocumentMessage) =>
		adaSends({ documentMessage: { ...file, ...place } })
	const connects = watchConnects(t)
	for (const url of hostile(trap.port).filter(ofShare(0))) {
		const codes: string[] = []
		for (const place of [{ url }, { directPath: url }]) {
			const path = `/api/v1/sessions/main/media/${await told(place)}`
			codes.push((await gateway.request('GET', path)).body.code)
		}
		// A path stays one of the media host, which knows no such file.
		const isPath = url.startsWith('/')
		const expected = ['media_fetch_refused', isPath ? 'media_gone' : 'media_fetch_refused']
		assert.deepEqual(codes, expected, url)
	}
	assert.equal(trap.connections(), 0)
	assert.ok(connects() <= 2, `${connects()} connections`)
})

test('a webhook that answers with a redirect is not followed', async (t) => {
	const world = await openWorld(t, { allow: ['127.0.0.1'] })
	const trap = await openServer(t, (_request, response) => response.end())
	for (const status of [301, 302, 303, 307, 308]) {
		const away = await openServer(t, (_request, response) => {
			response.writeHead(status, { location: trap.url }).end()
		})
		const hooks = '/api/v1/sessions/main/webhooks'
		const { body: hook } = await world.gateway.request('POST', hooks, { url: away.url })
		const { body } = await world.gateway.request('POST', `${hooks}/${hook.id}/test`)
		assert.deepEqual([body.taken, body.status], [false, status])
	}
	assert.equal(trap.connections(), 0)
})

type Place = string[]

/** Where a body has a URL, or an object that has one. */
function placesIn(body: unknown, above: Place = []): Place[] {
	if (typeof body !== 'object' || body === null) return []
	return Object.entries(body).flatMap(([name, value]) => {
		const place = [...above, name]
		const inner = placesIn(value, place)
		return named.test(name) && !inner.length ? [place] : inner
	})
}

function withUrl(request: Generated, place: Place, url: string): Generated {
	const body = structuredClone(request.body) as Record<string, any>
	const holder = place.slice(0, -1).reduce((inner, step) => inner[step], body)
	holder[place.at(-1)!] = url
	return { ...request, body }
}
