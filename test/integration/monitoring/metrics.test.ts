import assert from 'node:assert/strict'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { settings } from '../../../gateway/src/config/settings.ts'
import { changedSettings } from '../../../gateway/src/monitoring/changed-settings.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { addHook } from '../../support/delivery/world.ts'
import {
	ADMIN_KEY,
	linkedGateway,
	openGateway,
	temporaryDirectory,
} from '../../support/gateway/gateway.ts'
import { filling, layered } from '../../support/storage.ts'
import { until } from '../../support/wait.ts'
import { parseMetrics } from './support/prometheus.ts'

const INFO = '/api/v1/gateway'
const MESSAGES = '/api/v1/sessions/main/messages/text'

async function withMember(gateway: Awaited<ReturnType<typeof openGateway>>) {
	const { body } = await gateway.request('POST', '/api/v1/keys', { name: 'm', sessions: ['main'] })
	return { 'x-api-key': body.key as string }
}

test('metrics count messages, attempts, commits and sessions, and name no person and no session', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t, {
		delivery: { schedule: { waits: [0] } },
	})
	const read = async () => parseMetrics((await gateway.request('GET', '/metrics')).text)
	const sample = async (name: string, labels: Record<string, string> = {}) =>
		(await read()).value(`whatsapp_gateway_${name}`, labels)

	const receiver = await openReceiver(t, ({ event }) => (event.data.text === 'bad' ? 422 : 204))
	const hook = await addHook(gateway, receiver.url)
	await ada.says('good', { to: owner })
	await ada.says('bad', { to: owner })
	await receiver.gets(({ event }) => event.data.text === 'bad')
	await hook.drained()
	const received = { direction: 'received', outcome: 'read' }
	assert.equal(await sample('messages_total', received), 2)
	assert.equal(await sample('webhook_attempts_total', { outcome: 'accepted' }), 1)
	assert.equal(await sample('webhook_attempts_total', { outcome: 'rejected' }), 1)
	assert.equal(await sample('deliveries', { state: 'dead' }), 1)
	assert.equal(await sample('deliveries', { state: 'waiting' }), 0)

	const to = ada.account.phone
	assert.equal((await gateway.request('POST', MESSAGES, { to, text: 'hi' })).status, 200)
	const sent = (outcome: string) => sample('messages_total', { direction: 'sent', outcome })
	assert.deepEqual([await sent('acknowledged'), await sent('not_sent')], [1, 0])
	assert.equal(await sample('acknowledgement_seconds_count'), 1)
	assert.ok((await sample('acknowledgement_seconds_sum')) > 0)
	const nobody = await gateway.request('POST', MESSAGES, { to: '491700000099', text: 'hi' })
	assert.equal(nobody.status, 422)
	assert.deepEqual([await sent('acknowledged'), await sent('not_sent')], [1, 1])

	assert.equal(await sample('sessions', { status: 'open' }), 1)
	assert.equal(await sample('sessions', { status: 'logged_out' }), 0)
	assert.ok((await sample('commit_seconds_count')) > 10)
	assert.ok((await sample('data_bytes', { kind: 'journals' })) > 1_000)
	assert.equal(await sample('data_bytes', { kind: 'media' }), 0)
	assert.ok((await sample('data_free_bytes')) > 0)

	const { text, value } = await until('the event loop is measured', async () => {
		const metrics = await read()
		return metrics.names.includes('nodejs_eventloop_lag_p99_seconds') && metrics
	})
	assert.ok(value('nodejs_eventloop_lag_p99_seconds') < 10)
	assert.ok(value('process_cpu_seconds_total') > 0)
	for (const secret of ['main', ADMIN_KEY, hook.id, ...[ada, owner].map((p) => p.account.phone)])
		assert.ok(!text.includes(secret!), secret)
})

test('a message that WhatsApp refuses, and a receiver that does not answer, are counted as that', async (t) => {
	const { gateway, ada, owner, sandbox } = await linkedGateway(t)
	sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 479)
	const answer = await gateway.request('POST', MESSAGES, { to: ada.account.phone, text: 'hi' })
	assert.notEqual(answer.status, 200)
	const receiver = await openReceiver(t)
	receiver.close()
	const hook = await addHook(gateway, receiver.url, { events: ['*'], from: 0 })
	await hook.isDown()
	const { value } = parseMetrics((await gateway.request('GET', '/metrics')).text)
	const messages = { direction: 'sent', outcome: 'refused' }
	assert.equal(value('whatsapp_gateway_messages_total', messages), 1)
	assert.ok(value('whatsapp_gateway_webhook_attempts_total', { outcome: 'unanswered' }) >= 1)
})

test('a message without an outcome is counted with its age, which a restart does not begin anew', async (t) => {
	const { gateway, ada, owner, sandbox } = await linkedGateway(t, { sendTimeout: 1 })
	const unsent = async ({ request }: Pick<typeof gateway, 'request'>) => {
		const { value } = parseMetrics((await request('GET', '/metrics')).text)
		return {
			count: value('whatsapp_gateway_unsent_messages'),
			age: value('whatsapp_gateway_oldest_unsent_seconds'),
		}
	}
	assert.deepEqual(await unsent(gateway), { count: 0, age: 0 })
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	const to = ada.account.phone
	assert.equal((await gateway.request('POST', MESSAGES, { to, text: 'hi' })).status, 202)
	const { count, age } = await unsent(gateway)
	assert.ok(count === 1 && age >= 1, `${count} of ${age} s`)
	await gateway.stop()

	// Without a connection nothing answers for it.
	const again = await openGateway(t, { dataDir: gateway.dataDir })
	assert.equal((await again.request('GET', '/api/v1/sessions/main/events')).status, 200)
	const after = await unsent(again)
	assert.ok(after.count === 1 && after.age >= age, `${after.count} of ${after.age} s`)
})

test('a webhook that is down, and the session that pauses because of it, are counted', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t, {
		eventBudget: 2,
		delivery: { schedule: { downAfter: { failures: 1, chats: 1 } } },
	})
	const metric = async (name: string, labels: Record<string, string> = {}) =>
		parseMetrics((await gateway.request('GET', '/metrics')).text).value(name, labels)
	assert.equal(await metric('whatsapp_gateway_webhooks_down'), 0)
	const receiver = await openReceiver(t)
	receiver.close()
	const hook = await addHook(gateway, receiver.url)
	for (const text of ['1', '2', '3']) await ada.says(text, { to: owner })
	await hook.isDown()
	await gateway.becomes('main', 'closed')
	assert.equal(await metric('whatsapp_gateway_webhooks_down'), 1)
	const paused = (reason: string) => metric('whatsapp_gateway_sessions_paused', { reason })
	assert.deepEqual([await paused('delivery_backlog'), await paused('storage_failed')], [1, 0])
})

test('commits that fail, and why the gateway takes no requests, are counted', async (t) => {
	let isFull = false
	const { gateway, ada, owner } = await linkedGateway(t, {
		through: (storage) => layered(storage, [filling(() => isFull)]),
	})
	const metrics = async () => parseMetrics((await gateway.request('GET', '/metrics')).text)
	const reason = 'storage_failed'
	const before = await metrics()
	assert.equal(before.value('whatsapp_gateway_commit_failures_total'), 0)
	assert.equal(before.value('whatsapp_gateway_unready', { reason }), 0)
	isFull = true
	await ada.says('hello', { to: owner })
	await gateway.becomes('main', 'closed')
	const full = await metrics()
	assert.ok(full.value('whatsapp_gateway_commit_failures_total') > 0)
	assert.equal(full.value('whatsapp_gateway_sessions_paused', { reason }), 1)
	assert.equal(full.value('whatsapp_gateway_unready', { reason }), 1)
	assert.equal(full.value('whatsapp_gateway_unready', { reason: 'disk_full' }), 0)
	isFull = false
})

test('metrics come also when DATA_DIR is gone, and say so', async (t) => {
	const gateway = await openGateway(t)
	await rm(gateway.dataDir, { recursive: true })
	const { status, text } = await gateway.request('GET', '/metrics')
	assert.equal(status, 200)
	const { value, names } = parseMetrics(text)
	assert.equal(value('whatsapp_gateway_unready', { reason: 'data_dir_unusable' }), 1)
	assert.ok(!names.includes('whatsapp_gateway_data_free_bytes'))
})

test('metrics and the state of the gateway are for admins, under every spelling', async (t) => {
	const gateway = await openGateway(t)
	const member = await withMember(gateway)
	const bearer = { authorization: `Bearer ${ADMIN_KEY}` }
	for (const path of ['/metrics', '/metrics/', INFO]) {
		const status = async (headers: Record<string, string>) =>
			(await gateway.request('GET', path, undefined, headers)).status
		assert.equal(await status({}), 401, path)
		assert.equal(await status({ 'x-api-key': 'wrong' }), 401, path)
		assert.equal(await status(member), 403, path)
		assert.equal(await status(bearer), 200, path)
	}
	const { headers } = await gateway.request('GET', '/metrics')
	assert.equal(headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
})

test('METRICS_WITHOUT_KEY opens the metrics and nothing else', async (t) => {
	const gateway = await openGateway(t, { openMetrics: true })
	assert.equal((await gateway.request('GET', '/metrics', undefined, {})).status, 200)
	const wrong = { 'x-api-key': 'wrong' }
	assert.equal((await gateway.request('GET', '/metrics', undefined, wrong)).status, 200)
	assert.equal((await gateway.request('GET', INFO, undefined, {})).status, 401)
})

test('the state of the gateway says what an operator wants to know', async (t) => {
	const gateway = await openGateway(t, { rateLimit: 60, ffmpegPath: await ffmpegOf(t, 0) })
	const { body } = await gateway.request('GET', INFO)
	const { version, node, started_at, sandbox, data_dir, ffmpeg, deliveries } = body
	assert.match(version, /^\d+\.\d+\.\d+/)
	assert.equal(node, process.versions.node)
	assert.ok(Math.abs(Date.parse(started_at) - Date.now()) < 60_000)
	assert.equal(sandbox, false)
	assert.ok(data_dir.size > 0 && data_dir.free > 0)
	assert.deepEqual(ffmpeg, { version: '9.9-test' })
	assert.deepEqual(deliveries, { waiting: 0, dead: 0 })
	const settingOf = (name: string) => body.settings.find((setting: any) => setting.name === name)
	assert.deepEqual(settingOf('RATE_LIMIT'), { name: 'RATE_LIMIT', value: '60', default: '0' })
	assert.equal(settingOf('ADMIN_KEY').value, null)
	assert.equal(settingOf('LOG_LEVEL'), undefined)
})

/** A program that answers like ffmpeg, with this exit code, and an ffprobe beside it. */
async function ffmpegOf(t: Parameters<typeof openGateway>[0], code: number) {
	const directory = await temporaryDirectory(t)
	for (const program of ['ffmpeg', 'ffprobe']) {
		const path = join(directory, program)
		await writeFile(path, `#!/bin/sh\necho "${program} version 9.9-test Copyright"\nexit ${code}\n`)
		await chmod(path, 0o755)
	}
	return join(directory, 'ffmpeg')
}

test('ffmpeg that is missing or cannot run is null', async (t) => {
	for (const ffmpegPath of ['/nowhere/ffmpeg', await ffmpegOf(t, 1)]) {
		const gateway = await openGateway(t, { ffmpegPath })
		assert.equal((await gateway.request('GET', INFO)).body.ffmpeg, null)
	}
})

test('no setting that holds a secret is shown', () => {
	const config = { STATE_KEY: 'k1', OLD_STATE_KEY: 'k2', ADMIN_KEY: 'k3', STATE_KEY_FILE: '/k' }
	const shown = changedSettings(config)
	assert.deepEqual(
		shown.map(({ name, value }) => [name, value]),
		[
			['STATE_KEY', null],
			['STATE_KEY_FILE', '/k'],
			['OLD_STATE_KEY', null],
			['ADMIN_KEY', null],
		],
	)
	for (const [name, schema] of Object.entries(settings.shape))
		if (/KEY|SECRET|TOKEN|PASSW/.test(name) && !/_FILE$|WITHOUT_KEY|^PASSKEYS$/.test(name))
			assert.equal(schema.meta()?.secret, true, `${name} must be marked as a secret`)
})

const urls = [
	['https://user:pass@gateway.example/base?token=1#x', 'https://gateway.example/base'],
	['https://gateway.example/', 'https://gateway.example/'],
]
for (const [given, shown] of urls)
	test(`${given} is shown as ${shown}`, () => {
		assert.equal(changedSettings({ PUBLIC_URL: given! })[0]!.value, shown)
	})

test('a setting that is what it is by default is not shown', () => {
	assert.deepEqual(
		changedSettings({ PORT: 3000, WEBHOOK_ALLOW: [], SANDBOX: false, DIALECTS: ['all'] }),
		[],
	)
	const [changed] = changedSettings({ WEBHOOK_ALLOW: ['a', 'b:1'] })
	assert.deepEqual(changed, { name: 'WEBHOOK_ALLOW', value: 'a,b:1', default: '' })
})
