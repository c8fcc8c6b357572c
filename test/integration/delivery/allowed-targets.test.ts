import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fetch } from 'undici'
import { createAllowedTargets } from '../../../gateway/src/delivery/registry/allowed-targets.ts'
import { atEnd, openGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'

const passes = (allow: string[], url: string, trusted: boolean) =>
	createAllowedTargets(allow)
		.check(url, trusted)
		.then(
			() => true,
			(error) => {
				assert.equal(error.code, 'webhook_target_refused')
				return false
			},
		)

const publicOnes = [
	'https://93.184.216.34/x',
	'http://[2606:4700::1111]/',
	'https://does-not-resolve.invalid/',
]
const privateOnes = [
	'http://10.1.2.3/',
	'http://192.168.0.9:5678/x',
	'http://172.16.0.1/',
	'http://[fd12::1]/',
]
const neverOnes = [
	'http://127.0.0.1:5678/',
	'http://localhost:5678/',
	'http://127.1/',
	'http://2130706433/',
	'http://0x7f.1/',
	'http://017700000001/',
	'http://[::1]/',
	'http://[::ffff:127.0.0.1]/',
	'http://[::ffff:7f00:1]/',
	'http://0.0.0.0/',
	'http://[::]/',
	'http://169.254.169.254/latest/meta-data',
	'http://[fe80::1]/',
	'http://[fd00:ec2::254]/',
	'http://100.64.0.1/',
	'http://192.0.0.1/',
	'http://198.18.0.1/',
	'http://224.0.0.1/',
	'http://255.255.255.255/',
	'http://[64:ff9b::7f00:1]/',
	'http://[2002:7f00:1::]/',
]

test('public addresses are open to everybody', async () => {
	for (const url of publicOnes) {
		assert.ok(await passes([], url, false), url)
		assert.ok(await passes([], url, true), url)
	}
})

test('private networks are open to admins', async () => {
	for (const url of privateOnes) {
		assert.ok(!(await passes([], url, false)), url)
		assert.ok(await passes([], url, true), url)
	}
})

test('this machine, metadata services and the like are open to nobody', async () => {
	for (const url of neverOnes) assert.ok(!(await passes([], url, true)), url)
})

test('what the operator lists is open: by host, host and port, or network', async () => {
	const listed = 'http://127.0.0.1:5678/x'
	for (const entry of ['127.0.0.1', '127.0.0.1:5678', '127.0.0.0/8']) {
		assert.ok(await passes([entry], listed, false), entry)
	}
	assert.ok(await passes(['localhost:5678'], 'http://localhost:5678/', false))
	assert.ok(await passes(['[::1]:5678'], 'http://[::1]:5678/', false))
	assert.ok(!(await passes(['127.0.0.1:5678'], 'http://127.0.0.1:5679/', true)))
	assert.ok(!(await passes(['10.0.0.0/8'], listed, true)))
	assert.ok(!(await passes(['localhost'], 'http://169.254.169.254/', true)))
})

test('only http and https without a password are addresses at all', async () => {
	for (const url of ['ftp://93.184.216.34/', 'file:///etc/passwd', 'http://u:p@93.184.216.34/']) {
		assert.ok(!(await passes(['93.184.216.34'], url, true)), url)
	}
})

test('a name is checked again at the connection, and nothing is sent when it is refused', async (t) => {
	const receiver = await openReceiver(t)
	const targets = createAllowedTargets([])
	atEnd(t, () => targets.close())
	const url = `http://localhost:${receiver.port}/`
	const dispatcher = targets.agentFor(url, true)
	const refusal = await fetch(url, { dispatcher }).catch((error) => error)
	assert.equal(refusal.cause.code, 'webhook_target_refused')
	assert.throws(() => targets.agentFor(receiver.url, true), { code: 'webhook_target_refused' })
	assert.equal(receiver.posts.length, 0)
})

test('the answer to a refused webhook says how to allow it', async (t) => {
	const gateway = await openGateway(t, { allow: [] })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const path = '/api/v1/sessions/main/webhooks'
	const answer = await gateway.request('POST', path, { url: 'http://localhost:5678/hook' })
	assert.equal(answer.status, 400)
	assert.match(answer.body.detail, /WEBHOOK_ALLOW=localhost:5678/)
	assert.equal((await gateway.request('GET', path)).body.total, 0)
})

test('an admin key is named to those who have none', async () => {
	const targets = createAllowedTargets([])
	const url = 'http://127.0.0.1:5678/'
	const advice =
		'127.0.0.1 is not a public address. To allow it, start the gateway with WEBHOOK_ALLOW=127.0.0.1:5678'
	await assert.rejects(targets.check(url, true), { message: `${advice}.` })
	await assert.rejects(targets.check(url, false), /5678 \(an admin key may also name private/)
})
