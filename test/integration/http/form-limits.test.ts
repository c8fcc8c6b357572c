import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { ADMIN_KEY, openGateway } from '../../support/gateway/gateway.ts'

const head = (name: string, more = '') =>
	`--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n`
const text = (name: string, value: string) => `${head(name)}\r\n${value}\r\n`
const file = (name: string, value: string) => `${head(name, '; filename="f"')}\r\n${value}\r\n`
const END = '--b--\r\n'
const x = (length: number) => 'x'.repeat(length)

async function openForms(t: TestContext) {
	const gateway = await openGateway(t, { maxMediaBytes: 8 * 1024 * 1024 })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	return {
		async post(body: string | ReadableStream) {
			const answer = await gateway.app.request('/api/v1/sessions/main/messages/image', {
				method: 'POST',
				headers: { 'x-api-key': ADMIN_KEY, 'content-type': 'multipart/form-data; boundary=b' },
				body,
				duplex: 'half',
			} as RequestInit)
			return { status: answer.status, body: (await answer.json()) as any }
		},
		leftovers: () => readdir(join(gateway.dataDir, 'tmp')).catch(() => []),
	}
}

/** What is sent, and the words that name the limit. */
const tooMuch: [what: string, form: string, limit: RegExp][] = [
	[
		'a long head',
		`--b\r\nX: ${x(17_000)}\r\n\r\n1\r\n`,
		/head of a part may have at most 16384 bytes/,
	],
	['a head without an end', `--b\r\nX: ${x(1e6)}`, /head of a part may have at most 16384 bytes/],
	['a long name', text(x(17_000), '1'), /head of a part may have at most 16384 bytes/],
	[
		'many lines in a head',
		`--b\r\n${'X: y\r\n'.repeat(51)}\r\n1\r\n`,
		/head of a part may have at most 50 lines/,
	],
	['many fields', text('a', '1').repeat(201), /at most 200 parts/],
	['many files', file('a', '1').repeat(201), /at most 200 parts/],
	['many empty parts', `${head('a')}\r\n\r\n`.repeat(201), /at most 200 parts/],
	['a long text', text('a', x(1.1e6)), /at most 1048576 bytes together/],
	['much text in many fields', text('a', x(11_000)).repeat(150), /at most 1048576 bytes together/],
	['a large file', file('a', x(9e6)), /`a` may have at most 8388608 bytes/],
]

test('a form that exceeds a limit is refused by the name of the limit, and leaves nothing', async (t) => {
	const { post, leftovers } = await openForms(t)
	for (const [what, form, limit] of tooMuch) {
		await t.test(what, async () => {
			const { status, body } = await post(
				piecesOf(Buffer.from(file('image', 'before') + form + END), 65_536),
			)
			assert.equal(status, 413, JSON.stringify(body))
			assert.match(body.detail, limit)
			assert.deepEqual(await leftovers(), [])
		})
	}
})

const malformed: [what: string, form: string, why: RegExp][] = [
	['nothing', '', /ends before its last boundary/],
	['no last boundary', file('image', 'half'), /ends before its last boundary/],
	['an end in a head', head('image'), /ends before its last boundary/],
	[
		'a head without an empty line',
		`${head('image')}\r\n${END}`.replace('\r\n\r\n', '\r\n'),
		/head of a part/,
	],
	['a part without a name', `--b\r\nX: y\r\n\r\n1\r\n${END}`, /has no name/],
	['a head that is none', `--b\r\nnothing\r\n\r\n1\r\n${END}`, /has no name/],
]

test('a malformed form is refused, and leaves nothing', async (t) => {
	const { post, leftovers } = await openForms(t)
	for (const [what, form, why] of malformed) {
		await t.test(what, async () => {
			const { status, body } = await post(form)
			assert.equal(status, 400, JSON.stringify(body))
			assert.match(body.detail, why)
			assert.deepEqual(await leftovers(), [])
		})
	}
})

test('a form means the same however it is cut into pieces', async (t) => {
	const { post } = await openForms(t)
	const form = Buffer.from(
		text('to', '4915112345678') + text('caption', 'a\r\n--c') + text('expiration', 'soon') + END,
	)
	for (const size of [1, 2, 3, 5, 7, 11, 64]) {
		const { status, body } = await post(piecesOf(form, size))
		assert.deepEqual([status, body.field], [400, 'image'], `pieces of ${size} bytes`)
		assert.match(body.detail, /^`image`: must be .*`expiration`: must be a number/)
	}
})

function piecesOf(bytes: Buffer, size: number): ReadableStream {
	const count = Math.ceil(bytes.length / size)
	const pieces = Array.from({ length: count }, (_, index) =>
		bytes.subarray(index * size, (index + 1) * size),
	)
	return ReadableStream.from(pieces) as ReadableStream
}
