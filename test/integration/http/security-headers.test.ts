import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFileWorld } from '../../support/gateway/files.ts'
import { ADMIN_KEY, openGateway, openSandbox } from '../../support/gateway/gateway.ts'

type Request = (path: string, init?: RequestInit) => Response | Promise<Response>

const expected = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
}

async function check(
	request: Request,
	what: string,
	path: string,
	init: RequestInit,
	status = 200,
) {
	const headers = { 'x-api-key': ADMIN_KEY, ...init.headers }
	const answer = await request(path, { ...init, headers })
	await answer.body?.cancel()
	assert.equal(answer.status, status, what)
	for (const [name, value] of Object.entries(expected))
		assert.equal(answer.headers.get(name), value, `${name} of ${what}`)
}

const api = '/api/v1/sessions/main'
const text = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'a' }
const json = (body: string) => ({
	method: 'POST',
	headers: { 'content-type': 'application/json' },
	body,
})
const noKey = { headers: { 'x-api-key': '' } }

const answers: [what: string, path: string, init: RequestInit, status?: number][] = [
	['JSON', '/api/v1/sessions', {}],
	['a probe', '/health', noKey],
	['the document', '/openapi.json', noKey],
	['the reference', '/docs', noKey],
	['a script of the reference', '/docs/start.js', noKey],
	['a path that there is not', '/nothing', {}, 404],
	['a method that there is not', api, { method: 'PUT' }, 405],
	['no key', api, noKey, 401],
	['a session that there is not', '/api/v1/sessions/other', {}, 404],
	['bad JSON', `${api}/messages/text`, json('{'), 400],
	['an invalid field', `${api}/messages/text`, json('{}'), 400],
	['a type that is not taken', `${api}/messages/text`, text, 415],
	['a large body', `${api}/messages/text`, json(`"${'x'.repeat(2 ** 21)}"`), 413],
	['the links of files', '/media/wrong', noKey, 403],
	['an error of a dialect', '/sessions/other/send', json('{}'), 400],
	['a dialect without a key', '/v2/sessions', noKey, 401],
	['the sandbox', '/sandbox/phones', {}],
	['an error of the sandbox', '/sandbox/phones', json('{}'), 400],
	['a stream of events', `${api}/events/stream`, {}],
	['HEAD', '/health', { method: 'HEAD' }],
]

test('every kind of answer has the headers that keep it private', async (t) => {
	const { control } = await openSandbox(t)
	const gateway = await openGateway(t, { control })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	for (const [what, path, init, status] of answers)
		await check(gateway.app.request, what, path, init, status)
})

test('a QR code has them in every format', async (t) => {
	const sandbox = await openSandbox(t)
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	for (const format of ['json', 'png', 'svg', 'text'])
		await check(gateway.app.request, format, `${api}/qr?format=${format}`, {})
})

test('a file has them in every way that it is served', async (t) => {
	const { gateway, adaSendsFile, eventOf } = await openFileWorld(t)
	const { id } = await adaSendsFile()
	const link = new URL((await eventOf(id)).data.media.url).pathname
	for (const path of [`${api}/media/${id}`, `${api}/media/${id}?format=json`, link]) {
		await check(gateway.app.request, path, path, {})
		await check(gateway.app.request, `HEAD ${path}`, path, { method: 'HEAD' })
	}
	await check(gateway.app.request, 'download', `${api}/media/download`, {
		...json(JSON.stringify({ message_id: id })),
	})
})
