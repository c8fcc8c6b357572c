import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { retryDelay, storageRetryDelay } from '../../../gateway/src/lib/backoff.ts'
import { closingOf } from '../../../gateway/src/session/connection/close-codes.ts'
import { until } from '../../support/wait.ts'
import {
	ADMIN_KEY,
	linkedGateway,
	openGateway,
	openSandbox,
} from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { OVER_FILES } from '../../support/state-url.ts'

const MAIN = '/api/v1/sessions/main'
const SEND = `${MAIN}/messages/text`
const ROUTE = { server: { host: 'whatsapp.test', port: 443 }, proxy: undefined }
const closed = (statusCode: number) =>
	Object.assign(new Error('closed'), { output: { statusCode } })

const behaviours = [
	[515, 'restart', 'connecting'],
	[401, 'stop', 'logged_out'],
	[402, 'stop', 'blocked'],
	[403, 'stop', 'blocked'],
	[406, 'stop', 'blocked'],
	[440, 'stop', 'replaced'],
	[405, 'retry', 'outdated'],
	[408, 'retry', 'connecting'],
	[428, 'retry', 'connecting'],
	[500, 'retry', 'connecting'],
	[503, 'retry', 'connecting'],
	[999, 'retry', 'connecting'],
] as const

for (const [code, then, status] of behaviours) {
	test(`a connection closed with ${code}: ${then}, ${status}`, () => {
		const closing = closingOf(closed(code), ROUTE)
		assert.deepEqual([closing.then, closing.status, closing.code], [then, status, code])
	})
}

test('only being unlinked costs a session its credentials', () => {
	const unlinking = behaviours.filter(([code]) => closingOf(closed(code), ROUTE).unlinked)
	assert.deepEqual(
		unlinking.map(([code]) => code),
		[401],
	)
})

test('delays grow up to a minute, to five after half an hour, and are never in step', () => {
	assert.equal(
		retryDelay(0, 0, () => 1),
		1000,
	)
	assert.equal(
		retryDelay(3, 0, () => 1),
		8000,
	)
	assert.equal(
		retryDelay(30, 0, () => 1),
		60_000,
	)
	assert.equal(
		retryDelay(30, 31 * 60_000, () => 1),
		300_000,
	)
	assert.equal(
		retryDelay(30, 0, () => 0.25),
		15_000,
	)
})

test('a storage that has failed is tried again after 5 s, after 15 s if it fails soon again, and not by all sessions at once', () => {
	const longest = [0, 1, 2, 3, 30].map((returns) => storageRetryDelay(returns, () => 0))
	assert.deepEqual(longest, [5_000, 10_000, 15_000, 15_000, 15_000])
	assert.equal(
		storageRetryDelay(30, () => 1),
		11_250,
	)
})

test('a lost connection comes back by itself, and a send waits for it', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	sandbox.whatsapp.drops(owner.account)
	await gateway.becomes('main', 'connecting')
	const sent = await gateway.request('POST', SEND, { to: ada.account.phone, text: 'still here' })
	assert.equal(sent.status, 200)
	await ada.receives('still here')
})

test('what is asked while a session is restarted waits for the new connection', async (t) => {
	const { gateway } = await linkedGateway(t)
	let isOver = false
	const restart = gateway
		.request('POST', '/instance/restart/main', undefined, { apikey: ADMIN_KEY })
		.finally(() => (isOver = true))
	const asked: ReturnType<typeof gateway.request>[] = []
	while (!isOver) {
		asked.push(gateway.request('GET', `${MAIN}/groups`))
		await setImmediate()
	}
	assert.equal((await restart).status, 200)
	assert.ok(asked.length > 3)
	for (const { status, text } of await Promise.all(asked)) assert.equal(status, 200, text)
})

test('an unreachable server is shown as the last disconnect, and retried', async (t) => {
	const log: string[] = []
	const gateway = await openGateway(t, { log })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	await until('the failure is told', async () => {
		const { body } = await gateway.request('GET', MAIN)
		return body.status === 'linking' && body.last_disconnect?.reason === 'connection_lost'
	})
	assert.match(log.join(''), /trying again/)
})

test('a session that is used elsewhere does not fight for its place', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	sandbox.whatsapp.endsStreams(owner.account, 440)
	await gateway.becomes('main', 'replaced')
	const answer = await gateway.request('POST', SEND, { to: ada.account.phone, text: 'x' })
	assert.equal(answer.status, 503)
	assert.match(answer.body.detail, /Another process uses this session/)
	assert.equal((await gateway.request('POST', `${MAIN}/connect`)).status, 200)
	await gateway.becomes('main', 'open')
})

test(
	'a session that was unlinked on the phone keeps its files aside and can be linked again',
	OVER_FILES,
	async (t) => {
		const { gateway, owner } = await linkedGateway(t)
		owner.unlinks()
		await gateway.becomes('main', 'logged_out')
		const { body } = await gateway.request('GET', MAIN)
		assert.equal(body.me, null)
		assert.equal(body.last_disconnect.code, 401)
		const names = await readdir(join(gateway.dataDir, 'sessions', 'main'))
		assert.ok(
			names.some((name) => name.startsWith('unlinked-')),
			names.join(),
		)
		const shown = await gateway.request('GET', `${MAIN}/qr`)
		assert.equal(shown.status, 200, shown.text)
		owner.scans(shown.body.qr)
		await gateway.becomes('main', 'open')
	},
)

test('logging out unlinks the device at WhatsApp', async (t) => {
	const { gateway, owner } = await linkedGateway(t)
	const { body } = await gateway.request('POST', `${MAIN}/logout`)
	assert.equal(body.status, 'logged_out')
	await until('the phone shows no linked device', () => owner.account.devices.length === 1)
})

test('a disconnected session stays so over a restart, until it is connected', async (t) => {
	const { gateway, sandbox } = await linkedGateway(t)
	assert.equal((await gateway.request('POST', `${MAIN}/disconnect`)).body.status, 'closed')
	await gateway.stop()
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	assert.equal(await again.statusOf('main'), 'closed')
	await again.request('POST', `${MAIN}/connect`)
	await again.becomes('main', 'open')
})

test('a removed session is unlinked, and nothing of it is left', OVER_FILES, async (t) => {
	const { gateway, owner } = await linkedGateway(t)
	assert.equal((await gateway.request('DELETE', MAIN)).status, 204)
	assert.equal((await gateway.request('GET', MAIN)).status, 404)
	assert.deepEqual(await readdir(join(gateway.dataDir, 'sessions')), [])
	await until('the phone shows no linked device', () => owner.account.devices.length === 1)
})

test('a session is linked by a code instead of a QR', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const pair = await gateway.request('POST', `${MAIN}/pair`, { phone_number: '+49 170 0000001' })
	assert.match(pair.body.code, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
	assert.equal(pair.body.timeout_seconds, 180)
	await owner.entersCode(pair.body.code.replace('-', ''))
	await gateway.becomes('main', 'open')
	assert.equal((await gateway.request('GET', MAIN)).body.me.phone, '491700000001')
})

test('the QR comes as JSON, SVG, PNG and text, and not once the session is linked', async (t) => {
	const sandbox = await openSandbox(t)
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const json = await gateway.request('GET', `${MAIN}/qr`)
	const { qr, timeout_seconds: left, qr_codes } = json.body
	assert.deepEqual(qr_codes, [qr], 'as WA-RS shows it')
	assert.ok(left > 0 && left <= 60, `${left} seconds`)
	assert.ok(new Date(json.body.expires_at) > new Date())
	const formats = [
		['svg', 'image/svg+xml', '<svg'],
		['png', 'image/png', 'PNG'],
		['text', 'text/plain; charset=utf-8', '█'],
	] as const
	for (const [format, type, sign] of formats) {
		const answer = await gateway.request('GET', `${MAIN}/qr?format=${format}`)
		assert.equal(answer.headers.get('content-type'), type)
		assert.ok(answer.text.includes(sign), format)
	}
	assert.equal((await gateway.request('GET', `${MAIN}/qr?format=gif`)).body.field, 'format')
	sandbox.phone('491700000001').scans(json.body.qr)
	await gateway.becomes('main', 'open')
	assert.equal((await gateway.request('GET', `${MAIN}/qr`)).body.code, 'session_already_linked')
})

test('webhooks get every real change of status, once', async (t) => {
	const { gateway, sandbox, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', `${MAIN}/webhooks`, {
		url: receiver.url,
		events: ['session.status'],
	})
	sandbox.whatsapp.drops(owner.account)
	const heard = () => receiver.posts.map(({ event }) => event.data.status)
	// What was still on its way when the webhook was made, of the linking, may come first.
	const since = () =>
		heard().includes('connecting') ? heard().slice(heard().indexOf('connecting')) : []
	await until('the session is open again', () => since().includes('open'))
	assert.deepEqual(since(), ['connecting', 'open'])
})
