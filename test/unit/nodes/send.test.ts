import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { problem, startRecorder, type Recorded, type Reply } from '../../support/recorder.ts'
import { EXECUTION, NODE, send, sent, WORKFLOW } from './harness.ts'

const REFUSED = problem(
	400,
	'Not a phone number',
	'Give the number with its country code, such as 491701234567',
	'invalid_recipient',
)

const textOf = ({ body }: Recorded): unknown => (body as { text?: unknown }).text

const gatewayLike = (request: Recorded): Reply => {
	if (textOf(request) === 'refuse') return REFUSED
	return { status: 200, body: { message_id: `id of ${textOf(request)}`, timestamp: 1, to: 'x' } }
}

describe('WhatsApp Send', () => {
	let gateway: Awaited<ReturnType<typeof startRecorder>>
	let answer: (request: Recorded) => Reply

	before(async () => {
		gateway = await startRecorder((request) => answer(request))
	})
	beforeEach(() => {
		answer = gatewayLike
		gateway.requests.length = 0
	})
	after(() => gateway.stop())

	const hello = { to: '491701234567', text: 'hello' }

	it('posts the text to the session and hands on the answer of the gateway', async () => {
		const run = await send([hello], { baseUrl: gateway.url })
		const [request] = gateway.requests
		assert.equal(request?.method, 'POST')
		assert.equal(request?.path, '/api/v1/sessions/main/messages/text')
		assert.deepEqual(request?.body, { to: '491701234567', text: 'hello' })
		const result = {
			status: 'sent',
			message_id: 'id of hello',
			timestamp: '1970-01-01T00:00:01.000Z',
			to: 'x',
		}
		assert.deepEqual(sent(run)[0]?.json, result)
	})

	it('sends the key of the credential in the header that the credential names', async () => {
		await send([hello], { baseUrl: gateway.url, apiKey: 'one' })
		await send([hello], { baseUrl: gateway.url, apiKey: 'two', headerName: 'X-Proxy-Key' })
		assert.equal(gateway.requests[0]?.headers['x-api-key'], 'one')
		assert.equal(gateway.requests[1]?.headers['x-proxy-key'], 'two')
		assert.equal(gateway.requests[1]?.headers['x-api-key'], undefined)
	})

	it('accepts a base URL that ends with a slash', async () => {
		await send([hello], { baseUrl: `${gateway.url}/` })
		assert.equal(gateway.requests[0]?.path, '/api/v1/sessions/main/messages/text')
	})

	it('encodes a session name for the path', async () => {
		const session = { __rl: true, mode: 'id', value: 'a/b ?c' }
		await send([hello], { baseUrl: gateway.url, parameters: { session } })
		assert.equal(gateway.requests[0]?.path, '/api/v1/sessions/a%2Fb%20%3Fc/messages/text')
	})

	it('quotes a message when asked to', async () => {
		const additionalFields = { reply_to: '3EB0AB' }
		await send([hello], { baseUrl: gateway.url, parameters: { additionalFields } })
		assert.deepEqual(gateway.requests[0]?.body, { ...hello, reply_to: '3EB0AB' })
	})

	it('sends every item once, each paired with the item it came from', async () => {
		const items = ['a', 'b', 'c'].map((text) => ({ ...hello, text }))
		const run = await send(items, { baseUrl: gateway.url })
		assert.deepEqual(gateway.requests.map(textOf).sort(), ['a', 'b', 'c'])
		const results = sent(run).map(({ json, pairedItem }) => [json.message_id, pairedItem])
		assert.deepEqual(results, [
			['id of a', { item: 0 }],
			['id of b', { item: 1 }],
			['id of c', { item: 2 }],
		])
	})

	it('gives every item an idempotency key of its own', async () => {
		await send([hello, hello], { baseUrl: gateway.url })
		const keys = gateway.requests.map(({ headers }) => headers['idempotency-key'])
		const common = `${WORKFLOW}:${EXECUTION}:${NODE}:0`
		assert.deepEqual(keys.sort(), [`${common}:0`, `${common}:1`])
	})

	it('repeats that key when n8n retries the node', async () => {
		answer = (request) =>
			gateway.requests.length === 1 ? problem(503, 'Busy', 'Later', 'busy') : gatewayLike(request)
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }
		const run = await send([hello], { baseUrl: gateway.url, settings })
		assert.equal(run.status, 'success')
		const [first, second] = gateway.requests.map(({ headers }) => headers['idempotency-key'])
		assert.ok(first)
		assert.equal(second, first)
	})

	it('takes the idempotency key of the workflow instead, if there is one', async () => {
		const additionalFields = { idempotency_key: '=order-{{ $json.to }}' }
		await send([hello], { baseUrl: gateway.url, parameters: { additionalFields } })
		assert.equal(gateway.requests[0]?.headers['idempotency-key'], 'order-491701234567')
	})

	it('fails with the words of the gateway when it refuses', async () => {
		const run = await send([{ ...hello, text: 'refuse' }], { baseUrl: gateway.url })
		assert.equal(run.status, 'error')
		assert.partialDeepStrictEqual(
			{ ...run.data.resultData.error },
			{
				name: 'NodeApiError',
				message: 'Not a phone number: 491701234567',
				description: 'Give the number with its country code, such as 491701234567',
				httpCode: '400',
			},
		)
	})

	it('goes on with the other items when told to continue on failure', async () => {
		const items = ['a', 'refuse', 'c'].map((text) => ({ ...hello, text }))
		const settings = { onError: 'continueRegularOutput' as const }
		const run = await send(items, { baseUrl: gateway.url, settings })
		assert.equal(run.status, 'success')
		const [a, refused, c] = sent(run).map(({ json }) => json)
		assert.deepEqual([a?.message_id, c?.message_id], ['id of a', 'id of c'])
		assert.deepEqual(refused, {
			error: 'Not a phone number: 491701234567',
			message: 'Give the number with its country code, such as 491701234567',
			details: { status: 400, code: 'invalid_recipient' },
		})
		assert.deepEqual(
			sent(run).map(({ pairedItem }) => pairedItem),
			[{ item: 0 }, { item: 1 }, { item: 2 }],
		)
	})

	it("hands refused items to the error output, with the gateway's error", async () => {
		const items = ['a', 'refuse'].map((text) => ({ ...hello, text }))
		const settings = { onError: 'continueErrorOutput' as const }
		const run = await send(items, { baseUrl: gateway.url, settings })
		assert.deepEqual(
			sent(run).map(({ json }) => json.message_id),
			['id of a'],
		)
		const [failed] = run.data.resultData.runData.Send?.[0]?.data?.main?.[1] ?? []
		assert.partialDeepStrictEqual(failed?.json, {
			error: 'Not a phone number: 491701234567',
			details: { code: 'invalid_recipient' },
		})
	})

	const invalid = (detail: string, field: string) => ({
		...problem(400, 'The request is not valid', detail, 'invalid_request'),
		field,
	})
	const refusals = [
		{
			of: 'a field',
			detail: '`options`: must have at least 2 entries.',
			parameters: { operation: 'poll', name: 'Which?', options: 'one' },
			message: 'Options: must have at least 2 entries',
		},
		{
			of: 'a field in groups',
			detail:
				'`sections.0.rows.1.row_id`: must not be empty. `footer`: may have at most 60 characters.',
			parameters: {
				resource: 'interactive',
				operation: 'list',
				title: 'T',
				description: 'D',
				button_text: 'B',
				sections: {},
			},
			message: 'Sections 1, Rows 2, ID: must not be empty',
			description: 'Footer: may have at most 60 characters.',
		},
		{
			of: 'a file',
			detail: '`image.url`: must begin with https://.',
			parameters: { resource: 'media', operation: 'image', image_from: 'url', image_url: 'x' },
			message: 'Image: must begin with https://',
		},
		{
			of: 'what the panel has not',
			detail: '`nothing`: unknown field.',
			parameters: {},
			message: '`nothing`: unknown field',
		},
	]
	for (const { of, detail, parameters, message, description } of refusals)
		it(`names ${of} as the panel does when the gateway refuses it`, async () => {
			answer = () => invalid(detail, 'x')
			const run = await send([hello], { baseUrl: gateway.url, parameters })
			const { error } = run.data.resultData
			assert.equal(error?.message, message)
			if (description) assert.equal(error?.description, description)
		})

	describe('without a chosen session', () => {
		const parameters = { session: { __rl: true, mode: 'list', value: '' } }
		const having = (...ids: string[]) => {
			answer = (request) =>
				request.path === '/api/v1/sessions'
					? { status: 200, body: { sessions: ids.map((id) => ({ id })), total: ids.length } }
					: gatewayLike(request)
		}

		it('takes the default session of the credential', async () => {
			const credential = { session: 'shop' }
			await send([hello], { baseUrl: gateway.url, parameters, credential })
			assert.deepEqual(
				gateway.requests.map(({ path }) => path),
				['/api/v1/sessions/shop/messages/text'],
			)
		})

		it('takes the only session', async () => {
			having('only one')
			await send([hello], { baseUrl: gateway.url, parameters })
			assert.equal(gateway.requests.at(-1)?.path, '/api/v1/sessions/only%20one/messages/text')
		})

		const unclear = [
			{ ids: ['a', 'b'], message: 'Choose a session: there are a, b' },
			{ ids: [], message: 'The gateway has no session for this API key' },
		]
		for (const { ids, message } of unclear)
			it(`sends nothing when there are ${ids.length} sessions`, async () => {
				having(...ids)
				const run = await send([hello], { baseUrl: gateway.url, parameters })
				assert.equal(run.data.resultData.error?.message, message)
				assert.equal(gateway.requests.length, 1)
			})
	})

	const about = [
		{ code: 'whatsapp_not_found', of: 'recipient', parameters: {}, value: '491701234567' },
		{
			code: 'session_not_open',
			of: 'session',
			parameters: { session: { __rl: true, mode: 'id', value: 'shop' } },
			value: 'shop',
		},
		{
			code: 'chat_not_found',
			of: 'group',
			parameters: {
				resource: 'group',
				operation: 'get',
				jid: { __rl: true, mode: 'id', value: '12@g.us' },
			},
			value: '12@g.us',
		},
		{
			code: 'message_not_found',
			of: 'message',
			parameters: { operation: 'get', messageId: '3EB0AB' },
			value: '3EB0AB',
		},
		{ code: 'internal_error', of: 'nothing', parameters: {}, value: undefined },
	]
	for (const { code, of, parameters, value } of about)
		it(`names the ${of} in the title of an error: an AI agent sees no more (${code})`, async () => {
			answer = () => problem(404, 'Title', 'What to do', code)
			const run = await send([hello], { baseUrl: gateway.url, parameters })
			assert.equal(run.data.resultData.error?.message, value ? `Title: ${value}` : 'Title')
		})

	it('has times and the id of the chat in the words of the trigger', async () => {
		const group = { jid: '12@g.us', created_at: 1_795_255_200, muted_until: -1, size: 7 }
		answer = () => ({ status: 200, body: { groups: [group] } })
		const parameters = { resource: 'group', operation: 'getAll' }
		const run = await send([hello], { baseUrl: gateway.url, parameters })
		assert.deepEqual(sent(run)[0]?.json, {
			...group,
			created_at: '2026-11-21T10:00:00.000Z',
			chat_id: '12@g.us',
		})
	})

	it('says which recipient is wrong in the title of the error', async () => {
		const { body, ...refusal } = REFUSED
		answer = () => ({ ...refusal, body: { ...(body as object), field: 'to' } })
		const run = await send([hello], { baseUrl: gateway.url })
		assert.equal(run.data.resultData.error?.message, 'Not a phone number: 491701234567')
	})

	describe('of 50 rows with a bad one', () => {
		const rows = Array.from({ length: 50 }, (_, row) => ({ ...hello, row, text: `${row}` }))
		const bad = [
			{ why: 'is refused', row: { text: 'refuse' }, parameters: {} },
			{
				why: 'has no such file',
				row: { from: 'binary' },
				parameters: {
					resource: 'media',
					operation: 'image',
					image_from: '={{ $json.from || "url" }}',
					image_url: 'https://example.com/a.png',
				},
			},
			{
				why: 'has fields that are not JSON',
				row: { more: '{bad' },
				parameters: { additionalFields: { more_fields: '={{ $json.more }}' } },
			},
		]
		for (const { why, row, parameters } of bad)
			it(`keeps the rows of both outputs when one ${why}`, async () => {
				const items = rows.map((good) => (good.row === 17 ? { ...good, ...row } : good))
				const settings = { onError: 'continueErrorOutput' as const }
				const run = await send(items, { baseUrl: gateway.url, settings, parameters })
				const [succeeded = [], failed = []] =
					run.data.resultData.runData.Send?.[0]?.data?.main?.map((output) => output ?? []) ?? []
				const others = rows.map((good) => good.row).filter((number) => number !== 17)
				assert.deepEqual(
					succeeded.map(({ pairedItem }) => pairedItem),
					others.map((item) => ({ item })),
				)
				assert.deepEqual(
					failed.map(({ pairedItem }) => pairedItem),
					[{ item: 17 }],
				)
				assert.equal(failed[0]?.json.row, 17)
				assert.ok(failed[0]?.json.error)
			})
	})

	it('pairs every item of a list with the item that asked for it', async () => {
		answer = () => ({ status: 200, body: { groups: [{ jid: '1' }, { jid: '2' }], total: 2 } })
		const parameters = { resource: 'group', operation: 'getAll' }
		const run = await send([hello, hello], { baseUrl: gateway.url, parameters })
		const pairs = sent(run).map(({ json, pairedItem }) => [json.jid, pairedItem])
		assert.deepEqual(pairs, [
			['1', { item: 0 }],
			['2', { item: 0 }],
			['1', { item: 1 }],
			['2', { item: 1 }],
		])
	})

	/** A list of 230 entries, from `start` on. */
	const part = (start: number, limit: number) =>
		Array.from({ length: Math.min(limit, 230 - start) }, (_, n) => ({ id: String(start + n) }))
	const lists = [
		{
			of: 'pages by a cursor',
			parameters: { resource: 'catalog', operation: 'getAllProducts' },
			list: 'products',
			asked: { all: ['100', '100 c100', '100 c200'], some: ['100', '20 c100'] },
		},
		{
			of: 'pages by an offset',
			parameters: { resource: 'message', operation: 'search', q: 'x' },
			list: 'messages',
			asked: { all: ['200', '200 200'], some: ['120'] },
		},
	]
	for (const { of, parameters, list, asked } of lists)
		it(`follows ${of} to the end, or as far as is wanted`, async () => {
			answer = ({ path }) => {
				const query = new URL(path, 'http://x').searchParams
				const limit = Number(query.get('limit'))
				const start = Number((query.get('cursor') ?? query.get('offset') ?? '0').replace('c', ''))
				const next = start + limit < 230 ? `c${start + limit}` : null
				return { status: 200, body: { [list]: part(start, limit), next } }
			}
			const of = { jid: { __rl: true, mode: 'phone', value: '491701234567' }, ...parameters }
			for (const [paging, count, requests] of [
				[{ returnAll: true }, 230, asked.all],
				[{ limit: 120 }, 120, asked.some],
			] as const) {
				gateway.requests.length = 0
				const run = await send([hello], { baseUrl: gateway.url, parameters: { ...of, ...paging } })
				assert.deepEqual(
					sent(run).map(({ json }) => json.id),
					part(0, count).map(({ id }) => id),
				)
				const queries = gateway.requests.map(({ path }) => new URL(path, 'http://x').searchParams)
				const shown = queries.map((query) =>
					[query.get('limit'), query.get('cursor') ?? query.get('offset')]
						.filter(Boolean)
						.join(' '),
				)
				assert.deepEqual(shown, requests)
			}
		})

	it('fails when an answer has no list', async () => {
		answer = () => ({ status: 200, body: { products: null } })
		const jid = { __rl: true, mode: 'phone', value: '491701234567' }
		const parameters = { resource: 'catalog', operation: 'getAllProducts', jid }
		const run = await send([hello], { baseUrl: gateway.url, parameters })
		assert.equal(run.data.resultData.error?.message, 'The answer has no list of products')
	})

	it('says that a message is pending which WhatsApp has not acknowledged yet', async () => {
		answer = () => ({
			status: 202,
			body: { message_id: '1', timestamp: 1, to: 'x', status: 'pending' },
		})
		const run = await send([hello], { baseUrl: gateway.url })
		assert.equal(sent(run)[0]?.json.status, 'pending')
	})

	it('says so when the answer comes from something that is not a gateway', async () => {
		answer = () => ({ status: 502, type: 'text/html', body: '<h1>Bad Gateway</h1>' })
		const failed = await send([hello], { baseUrl: gateway.url })
		assert.match(
			failed.data.resultData.error?.message ?? '',
			/^The answer \(HTTP 502\) did not come from a WhatsApp gateway$/,
		)
		answer = () => ({ status: 200, type: 'text/html', body: '<h1>Welcome</h1>' })
		const welcomed = await send([hello], { baseUrl: gateway.url })
		assert.equal(welcomed.status, 'error')
	})

	it('says so when the gateway does not answer', async () => {
		const run = await send([hello], { baseUrl: 'http://127.0.0.1:1' })
		const { error } = run.data.resultData
		assert.equal(run.status, 'error')
		assert.equal(error?.message, 'The gateway at http://127.0.0.1:1 does not answer')
		assert.match(error?.description ?? '', /refused the connection.* Base URL of the credential/)
	})
})
