import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDialects } from './support/gateway.ts'

const N = '628123456789'
const chat = { session: 'main', chatId: `${N}@c.us` }
const proxy = { enabled: true, host: 'proxy.example', port: '99999', protocol: 'http' }
const nobody = 'BEGIN:VCARD\nVERSION:3.0\nFN:Jane\nEND:VCARD'

/** Requests that are wrong, and what is said of them, in words of the API that was asked. */
const cases: [path: string, body: object, says: RegExp, saysNot?: RegExp][] = [
	['/api/sendText', { ...chat, chatId: 'status@broadcast', text: 'x' }, /status\/text/, /audience/],
	['/message/sendText/main', { number: 'status@broadcast', text: 'x' }, /sendStatus/, /audience/],
	['/message/sendText/main', { number: 'abc', text: 'x' }, /Invalid format/],
	['/message/sendText/main', { number: N, text: 'x', delay: -5 }, /milliseconds/],
	['/message/sendText/main', { number: N, text: 'x', delay: 'abc' }, /milliseconds/],
	['/api/sendContactVcard', { ...chat, contacts: [{ vcard: nobody }] }, /TEL/, /phones/],
	['/proxy/set/main', proxy, /65535/],
	['/proxy/set/main', { ...proxy, protocol: 'ftp' }, /must start with http/],
	['/instance/create', { instanceName: 'p', proxyHost: 'a.example', proxyPort: '99999' }, /65535/],
	['/settings/set/main', {}, /requires property \\"rejectCall\\"/, /Invalid input/],
	['/webhook/set/main', { webhook: { url: 'https://a.example' } }, /enabled/, /Invalid input/],
	['/proxy/set/main', { host: 'x' }, /requires property \\"enabled\\"/, /Invalid input/],
	[
		'/api/sendText',
		{ ...chat, id: '3EB0AAAAAAAAAAAAAAAA', text: 'other' },
		/`id` 3EB0A+ /,
		/Idempotency/,
	],
	[
		'/message/sendText/main',
		{ number: N, text: 'other', messageId: '3EB0B' },
		/3EB0B/,
		/Idempotency/,
	],
]

test('errors speak of what the request has', async (t) => {
	const { ask, keys } = await openDialects(t)
	const headers = { 'x-api-key': keys.admin, apikey: keys.admin }
	await ask({
		path: '/api/sendText',
		body: { ...chat, id: '3EB0AAAAAAAAAAAAAAAA', text: 'one' },
		headers,
	})
	const first = { number: N, text: 'one', messageId: '3EB0B' }
	await ask({ path: '/message/sendText/main', body: first, headers })
	for (const [path, body, says, saysNot] of cases)
		await t.test(`${path} ${JSON.stringify(body).slice(0, 60)}`, async () => {
			const { status, text } = await ask({ path, body, headers })
			assert.ok(status === 400 || status === 422, `${status} ${text}`)
			assert.match(text, says)
			if (saysNot) assert.doesNotMatch(text, saysNot)
		})
})
