import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from '../../../support/gateway/gateway.ts'
import { clientsOf, styles, type System } from './support/clients.ts'
import { openDialects, WORKSPACE, type Request } from './support/gateway.ts'

const LIMIT = 100_000

type Body = Record<string, unknown>
type Known = Extract<System, 'wask' | 'wa-rs' | 'wasphere'>

const dataUri = (bytes: Buffer, type: string) => `data:${type};base64,${bytes.toString('base64')}`
const pdf = dataUri(Buffer.from('%PDF-1.4\n%%EOF\n'), 'application/pdf')
const large = dataUri(Buffer.alloc(LIMIT + 1, 1), 'application/octet-stream')

/** The words of each system for what goes wrong in all of them. */
const words: Record<
	Known,
	{
		/** A request with a picture, and one with a file of any kind. */
		picture(to: string, file: string): [path: string, body: Body]
		file(to: string, file: string): [path: string, body: Body]
		notConnected: number
		/** What stands in an error, besides the status in all places that tell it. */
		form(answer: Answer): void
	}
> = {
	wask: {
		picture: (to, image) => ['send/image', { to, image }],
		file: (to, document) => ['send/document', { to, document, filename: 'a.bin' }],
		notConnected: 503,
		form({ body }) {
			assert.deepEqual(Object.keys(body).sort(), ['code', 'error', 'success'])
			assert.deepEqual([body.success, typeof body.error], [false, 'string'])
		},
	},
	wasphere: {
		picture: (to, url) => ['messages/image', { to, url }],
		file: (to, url) => [
			'messages/document',
			{ to, url, fileName: 'a.bin', mimetype: 'application/octet-stream' },
		],
		notConnected: 500,
		form({ status, body }) {
			const { statusCode, message, error, code, ...rest } = body
			assert.equal(statusCode, status)
			for (const text of [message, error, code]) assert.equal(typeof text, 'string')
			assert.deepEqual(Object.keys(rest), status === 429 ? ['retryAfter'] : [])
		},
	},
	'wa-rs': {
		picture: (to, url) => ['messages/image', { to, image: { url } }],
		file: (to, url) => ['messages/document', { to, document: { url }, filename: 'a.bin' }],
		notConnected: 503,
		form({ status, headers, body }) {
			assert.match(headers.get('content-type') ?? '', /application\/problem\+json/)
			assert.equal(body.status, status)
			for (const text of [body.type, body.title, body.detail, body.code])
				assert.equal(typeof text, 'string')
		},
	},
}

for (const system of ['wask', 'wa-rs', 'wasphere'] as const)
	test(`each status of ${system}`, async (t) => {
		const world = await openDialects(t, { maxMediaBytes: LIMIT })
		const { ask, keys, budi, gateway, newKey } = world
		const { picture, file, notConnected, form } = words[system]
		const { at, headers, text } = styles[system]
		const key = system === 'wasphere' ? keys.workspace : keys.session
		const to = budi.account.phone
		const [path, hello] = text(to, 'hello')
		const target = at('main', path)

		async function refuses(what: string, status: number, request: Request, said?: RegExp) {
			await t.test(`${what}: ${status}`, async () => {
				const answer = await ask({ headers: headers(key), ...request })
				assert.equal(answer.status, status, answer.text)
				form(answer)
				if (said) assert.match(answer.text, said)
			})
		}
		const sends = ([path, body]: [string, Body]) => ({ path: at('main', path), body })
		const { post } = clientsOf(world, key)
		const { to: _, ...addressless } = hello
		const json = (body: string, type = 'application/json') => ({
			path: target,
			headers: { ...headers(key), 'content-type': type },
			raw: body,
		})

		await t.test('it sends to begin with: 200', async () => {
			assert.equal((await post(system, path, hello)).status, 200)
		})
		await refuses('no key', 401, { path: target, body: hello, headers: {} })
		await refuses('a wrong key', 401, { path: target, body: hello, headers: headers('wrong') })
		const admin = headers(keys.admin)
		const nowhere = { path: at('nowhere', path), headers: admin, body: hello }
		await refuses('a session that is none', 404, nowhere)
		await refuses('no recipient', 400, { path: target, body: addressless }, /`to`/)
		await refuses('no text', 400, { path: target, body: { to } }, /`text`/)
		await refuses('a number for a text', 400, { path: target, body: { to, text: 1 } }, /`text`/)
		await refuses('a recipient that is none', 400, { path: target, body: { ...hello, to: 'Ann' } })
		await refuses('a recipient without digits', 400, { path: target, body: { ...hello, to: '+' } })
		await refuses('a list for a body', 400, { path: target, body: [] })
		await refuses('broken JSON', 400, json('{"to":'))
		await refuses('a body that is no JSON', 415, json('to=1', 'text/plain'))
		await refuses('a body of more than 1 MiB', 413, json(`"${'x'.repeat(1024 * 1024)}"`))
		await refuses('a PDF for a picture', 415, sends(picture(to, pdf)))
		await refuses('a file that is too large', 413, sends(file(to, large)))
		await refuses('a file at home', 400, sends(picture(to, 'http://10.0.0.1/a.jpg')))
		await refuses(
			'a file where nobody answers',
			422,
			sends(picture(to, 'http://127.0.0.1:9/a.jpg')),
		)
		await refuses('an address that is none', 404, { path: at('main', 'nothing/here'), body: {} })
		await refuses('a method that is none', 405, { method: 'PUT', path: target, body: hello })

		await gateway.request('POST', '/api/v1/sessions', { id: 'away', workspace: WORKSPACE })
		const its = headers(await newKey({ sessions: ['away'] }))
		const away = { path: at('away', path), headers: its, body: hello }
		await refuses('a session that is not connected', notConnected, away)
	})

test('wask: a key of another session is wrong, a message without a file has none', async (t) => {
	const { ask, keys, budiWrites } = await openDialects(t)
	const { form } = words.wask
	const get = async (path: string, key: string) => {
		const answer = await ask({ method: 'GET', path, headers: { 'X-API-Key': key } })
		form(answer)
		return answer.status
	}
	assert.equal(await get('/sessions/main/media/3EB0', keys.other), 401)
	assert.equal(await get('/sessions/main/media/3EB0', keys.session), 404)
	assert.equal(await get(`/sessions/main/media/${await budiWrites('hello')}`, keys.session), 404)
})

test('WaSphere: a session belongs to one workspace, a body has no strange field', async (t) => {
	const world = await openDialects(t)
	const { ask, keys, budi, newKey } = world
	const { form } = words.wasphere
	const elsewhere = WORKSPACE.replace('be', 'ca')
	const post = async (workspace: string, key: string, body: Body) => {
		const path = styles.wasphere.at('main', 'messages/text').replace(WORKSPACE, workspace)
		const answer = await ask({ path, headers: { Authorization: `Bearer ${key}` }, body })
		if (answer.status !== 200) form(answer)
		return [answer.status, answer.body.message] as const
	}
	const hello = { to: budi.account.phone, text: 'hello' }
	const [status, message] = await post(elsewhere, keys.admin, hello)
	assert.equal(status, 404)
	assert.match(message, /check workspaceId and sessionId/)
	assert.equal((await post(WORKSPACE, await newKey({ workspace: elsewhere }), hello))[0], 404)
	const [refused, said] = await post(WORKSPACE, keys.workspace, { ...hello, filename: 'a' })
	assert.equal(refused, 400)
	assert.match(said, /`filename`/)
	assert.equal((await post(WORKSPACE, keys.session, hello))[0], 200)
})

test('WaSphere: the 61st request of a minute is told how long to wait', async (t) => {
	const { ask, keys } = await openDialects(t)
	const path = styles.wasphere.at('', '').replace(/\/\/$/, '')
	const headers = { Authorization: `Bearer ${keys.workspace}` }
	for (let left = 59; left >= 0; left--) {
		const { status, headers: answered } = await ask({ method: 'GET', path, headers })
		assert.equal(status, 200)
		assert.match(answered.get('ratelimit') ?? '', new RegExp(`^"key";r=${left};t=\\d+$`))
	}
	const answer = await ask({ method: 'GET', path, headers })
	assert.equal(answer.status, 429)
	words.wasphere.form(answer)
	assert.equal(answer.headers.get('retry-after'), String(answer.body.retryAfter))
	const admin = { Authorization: `Bearer ${keys.admin}` }
	assert.equal((await ask({ method: 'GET', path, headers: admin })).status, 200)
})
