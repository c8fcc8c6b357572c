import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import {
	ADMIN_KEY,
	linkedGateway,
	openGateway,
	openSandbox,
} from '../../support/gateway/gateway.ts'

const MEBIBYTE = 1024 * 1024
const key = { 'x-api-key': ADMIN_KEY, authorization: `Bearer ${ADMIN_KEY}` }
const LIMITS = { maxMediaBytes: 4 * MEBIBYTE }

/** A route for each way that a body is read. */
const doors: Record<string, { path: string }> = {
	'a route for files': { path: '/api/v1/sessions/main/messages/image' },
	'a message without a file': { path: '/api/v1/sessions/main/messages/text' },
	'another native route': { path: '/api/v1/sessions/main/presence' },
	'a dialect with files': { path: '/sessions/main/send/image' },
	'a dialect whose key may be in the body': { path: '/v2/send/text' },
	'the control of the sandbox': { path: '/sandbox/phones' },
	'a message of a simulated person': { path: '/sandbox/phones/491700000002/messages' },
}

async function openDoors(t: TestContext) {
	const sandbox = await openSandbox(t)
	sandbox.phone('491700000002')
	const { control } = sandbox
	const gateway = await openGateway(t, { ...LIMITS, control })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	return {
		async post({ path }: { path: string }, body: string, declared: boolean) {
			const length = declared && { 'content-length': String(Buffer.byteLength(body)) }
			const answer = await gateway.app.request(path, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...key, ...length },
				body: declared ? body : new Blob([body]).stream(),
				duplex: 'half',
			} as RequestInit)
			return { status: answer.status, text: await answer.text() }
		},
		leftovers: () => readdir(join(gateway.dataDir, 'tmp')).catch(() => []),
	}
}

const hostile: [what: string, body: string, statuses: number[], why: RegExp][] = [
	['33 lists in each other', '['.repeat(33), [413], /at most 32 levels deep/],
	['a deep object', '{"a":'.repeat(1000), [413], /at most 32 levels deep/],
	['much depth', '['.repeat(900_000), [413], /at most 32 levels deep/],
	['many values', `[${'{},'.repeat(60_000)}1]`, [413], /at most 50000 values/],
	['many keys', `{${'"a":1,'.repeat(60_000)}"a":1}`, [413], /at most 50000 values/],
	['many texts', `[${'"a",'.repeat(60_000)}1]`, [413], /at most 50000 values/],
	['a list of 40,000 for an object', `[${'1,'.repeat(40_000)}1]`, [400], /./],
	['brackets in a text', JSON.stringify({ to: '['.repeat(1000) }), [400, 404], /./],
	['a text that does not end', '{"to":"4', [400], /JSON|must be|Invalid input/],
	['an escape that does not end', '{"to":"\\', [400], /JSON|must be|Invalid input/],
	['half an escape', '{"to":"\\u00"}', [400], /JSON|must be|Invalid input/],
	['half a letter as a name', '{"\\ud800":1}', [400, 404], /./],
	['__proto__ as a name', '{"__proto__":{"to":"1"}}', [400, 404], /./],
]

test('JSON that is too deep or has too many values is refused at every door', async (t) => {
	const { post } = await openDoors(t)
	for (const [name, door] of Object.entries(doors)) {
		for (const [what, body, statuses, why] of hostile) {
			for (const declared of [true, false]) {
				const { status, text } = await post(door, body, declared)
				const where = `${name}, ${what}, ${declared ? 'declared' : 'chunked'}: ${text}`
				assert.ok(statuses.includes(status), `${status} ${where.slice(0, 300)}`)
				assert.match(text, why, where.slice(0, 300))
				assert.ok(text.length < 5_000, `${name}, ${what}: the answer has ${text.length} bytes`)
			}
		}
	}
})

const x = (length: number) => 'x'.repeat(length)
const image = (data: string) => `{"to":"1","image":{"data":"${data}"}}`

const tooMuch: [what: string, body: string, status: number, why: RegExp][] = [
	['a text of 3 MiB', `{"to":"${'a b '.repeat(786_432)}"}`, 413, /at most 1048576 bytes besides/],
	[
		'a data URI that is not base64',
		image(`data:text/plain,${x(3 * MEBIBYTE)}`),
		413,
		/at most 1048576 bytes besides/,
	],
	['many texts of 60 KB', `[${`"${x(60_000)}",`.repeat(40)}1]`, 413, /1048576 bytes besides/],
	['a number of 3 MiB', `[${'1'.repeat(3 * MEBIBYTE)}]`, 413, /1048576 bytes besides/],
	['spaces', ' '.repeat(3 * MEBIBYTE), 413, /1048576 bytes besides/],
	['a large file', image(x(5.8 * MEBIBYTE)), 413, /`image` may have at most 4194304 bytes/],
	['three large files', `[${`"${x(3 * MEBIBYTE)}",`.repeat(3)}1]`, 413, /at most \d+ bytes here/],
	['what is not base64 in the end', image(`${x(2 * MEBIBYTE)}?`), 400, /`image` is not base64/],
	['padding in the middle', image(`${x(70_000)}==${x(2 * MEBIBYTE)}`), 400, /not base64/],
	['an escape that base64 has not', image(`${x(2 * MEBIBYTE)}\\"`), 400, /not base64/],
	['a file that does not end', image(x(2 * MEBIBYTE)).slice(0, -3), 400, /JSON/i],
	['a file as a name', `{"${x(2 * MEBIBYTE)}":1}`, 400, /`to`/],
	['a file for a number', `{"to":"1","expiration":"${x(2 * MEBIBYTE)}"}`, 400, /`expiration`/],
	['a file for a text', `{"to":"${x(2 * MEBIBYTE)}"}`, 400, /`to`/],
]

test('a large JSON body is refused by the name of the limit, and leaves nothing', async (t) => {
	const { post, leftovers } = await openDoors(t)
	for (const [what, body, expected, why] of tooMuch) {
		await t.test(what, async () => {
			const { status, text } = await post(doors['a route for files']!, body, true)
			assert.equal(status, expected, text.slice(0, 300))
			assert.match(text, why)
			assert.deepEqual(await leftovers(), [])
		})
	}
})

const bytes = randomBytes(1.5 * MEBIBYTE)
const base64 = bytes.toString('base64')

const wellFormed: [what: string, document: string][] = [
	['base64', `{"data":"${base64}"}`],
	['base64 and a type after it', `{"data":"${base64}","mimetype":"application/zip"}`],
	['base64url without padding', `{"data":"${bytes.toString('base64url')}"}`],
	['slashes with escapes, as PHP writes', `{"data":"${base64.replaceAll('/', '\\/')}"}`],
	[
		'signs as code points',
		`{"data":"${base64.replaceAll('+', '\\u002b').replaceAll('=', '\\u003D')}"}`,
	],
	['line breaks, as MIME has them', `{"data":"${base64.replace(/.{76}/g, '$&\\r\\n')}"}`],
	['a data URI', `{"data":"data:application/zip;base64,${base64}"}`],
	['a data URI with escapes', `{"data":"data:application\\/zip;base64,${base64}"}`],
	['a data URI as the URL', `{"url":"data:application/zip;base64,${base64}"}`],
	['a data URI alone', `"data:application/zip;base64,${base64}"`],
]

test('a file arrives unchanged, however JSON carries it', async (t) => {
	const { gateway, ada } = await linkedGateway(t, LIMITS)
	const sha256 = createHash('sha256').update(bytes).digest('hex')
	for (const [what, document] of wellFormed) {
		await t.test(what, async () => {
			const to = ada.account.phone
			const body = `{"to":"${to}","filename":"grüße.zip","document":${document}}`
			const answer = await gateway.app.request('/api/v1/sessions/main/messages/document', {
				method: 'POST',
				headers: { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' },
				body,
			})
			const { message_id: id } = (await answer.json()) as any
			assert.equal(answer.status, 200)
			const { media, message } = await ada.receives((received) => received.id === id)
			assert.equal(media?.sha256, sha256)
			assert.match(JSON.stringify(message), /grüße\.zip/)
			assert.deepEqual(await readdir(join(gateway.dataDir, 'tmp')), [])
		})
	}
})
