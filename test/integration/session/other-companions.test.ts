import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { closingOf } from '../../../gateway/src/session/connection/close-codes.ts'
import { QrExpiredError } from '../../../gateway/src/session/connection/qr-rotation.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { atEnd, linkedGateway, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

const SESSIONS = '/api/v1/sessions'
const NUMBER = '491700000001'
const FULL = /four linked devices .* remove one under Linked devices/

async function ask(sandbox: Sandbox, path: string, body: object) {
	const headers = { 'content-type': 'application/json' }
	const init = { method: 'POST', headers, body: JSON.stringify(body) }
	const response = await sandbox.control.request(path, init)
	return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('a phone with four linked devices links no more, and one more when one was removed', async (t) => {
	const sandbox = await openSandbox(t)
	const gateway = await openGateway(t, { sandbox })
	await ask(sandbox, '/phones', { phone: NUMBER, other_devices: 4 })
	await gateway.request('POST', SESSIONS, { id: 'main' })
	const { body } = await gateway.request('GET', `${SESSIONS}/main/qr`)
	const scanned = await ask(sandbox, `/phones/${NUMBER}/scan`, { qr: body.qr })
	assert.equal(scanned.status, 409)
	assert.match(String(scanned.body.detail), /4 linked devices and links no more/)
	const paired = await gateway.request('POST', `${SESSIONS}/main/pair`, { phone_number: NUMBER })
	const typed = await ask(sandbox, `/phones/${NUMBER}/link-code`, { code: paired.body.code })
	assert.equal(typed.status, 409)
	assert.equal(await gateway.statusOf('main'), 'linking', 'the gateway hears nothing of it')

	await ask(sandbox, '/phones', { phone: NUMBER, other_devices: 3 })
	const again = await ask(sandbox, `/phones/${NUMBER}/scan`, { qr: body.qr })
	assert.equal(again.status, 200, JSON.stringify(again.body))
	await gateway.becomes('main', 'open')
})

test('a session whose QR codes nobody scans says that the list of the phone may be full', () => {
	const route = { server: { host: 'whatsapp.test', port: 443 }, proxy: undefined }
	const { reason, status, advice } = closingOf(new QrExpiredError('none was scanned'), route)
	assert.deepEqual([reason, status], ['qr_expired', 'created'])
	assert.match(advice!, FULL)
})

test('a device that WhatsApp refuses right after the scan is no log-out: the session says what to do', async (t) => {
	const sandbox = await openSandbox(t)
	const gateway = await openGateway(t, { sandbox })
	const owner = sandbox.phone(NUMBER)
	await ask(sandbox, '/faults', { type: 'refuse_link', account: NUMBER })
	await gateway.request('POST', SESSIONS, { id: 'main' })
	const qr = async () => (await gateway.request('GET', `${SESSIONS}/main/qr`)).body.qr
	owner.scans(await qr())
	await gateway.becomes('main', 'created')
	const { last_disconnect: why, me } = (await gateway.request('GET', `${SESSIONS}/main`)).body
	assert.deepEqual([why.code, why.reason, me], [401, 'link_refused', null])
	assert.match(why.advice, FULL)

	owner.scans(await qr())
	await gateway.becomes('main', 'open')
	owner.unlinks()
	await gateway.becomes('main', 'logged_out')
})

test('no pairing code is requested for a number that is connected in another session', async (t) => {
	const { gateway, owner } = await linkedGateway(t)
	await gateway.request('POST', SESSIONS, { id: 'other' })
	const pair = (session: string, phone_number: string) =>
		gateway.request('POST', `${SESSIONS}/${session}/pair`, { phone_number })
	const refused = await pair('other', '+49 170 0000001')
	assert.deepEqual(
		[refused.status, refused.body.code, refused.body.field],
		[409, 'number_connected', 'phone_number'],
	)
	assert.match(refused.body.detail, /connected in another session .* could unlink/)
	assert.doesNotMatch(refused.body.detail, /main/, 'it may be the session of somebody else')
	assert.equal(owner.account.devices.length, 2, 'the first device is still linked')
	assert.equal((await pair('other', '491700000002')).status, 200, 'other numbers get a code')

	const shown = await gateway.request('GET', `${SESSIONS}/other/qr`)
	assert.equal(shown.status, 200, 'a QR code links a number twice')
	await gateway.request('POST', `${SESSIONS}/main/logout`)
	await gateway.becomes('main', 'logged_out')
	const paired = await pair('other', NUMBER)
	assert.equal(paired.status, 200, paired.text)
	await owner.entersCode(paired.body.code)
	await gateway.becomes('other', 'open')
})

const names = [
	{ os: 'Acme Support Desk', platform: 'chrome' },
	{ os: 'Windows', platform: 'desktop' },
	{ os: 'Müller & Söhne', platform: 'firefox' },
] as const

for (const device of names)
	test(`a device with its own name is linked by a code: ${device.os}, ${device.platform}`, async (t) => {
		const sandbox = await openSandbox(t)
		const gateway = await openGateway(t, { sandbox })
		await gateway.request('POST', SESSIONS, { id: 'main', device })
		const owner = sandbox.phone(NUMBER)
		const paired = await gateway.request('POST', `${SESSIONS}/main/pair`, { phone_number: NUMBER })
		assert.equal(paired.status, 200, paired.text)
		await owner.entersCode(paired.body.code)
		await gateway.becomes('main', 'open')
		assert.deepEqual(owner.account.devices[1]!.listedAs, {
			os: device.os,
			platform: device.platform.toUpperCase(),
		})
	})

test('the simulated WhatsApp refuses a pairing code for a name that is no browser on a system', async (t) => {
	const sandbox = await openSandbox(t)
	const client = new BaileysClient(sandbox, { browser: ['Acme', 'Chrome', '1'] })
	atEnd(t, () => client.end())
	await client.connect().qr()
	await client.socket.requestPairingCode(NUMBER)
	await until('it is refused', () =>
		sandbox.whatsapp.log
			.list(({ direction, stanza }) => direction === 'out' && stanza.attrs.type === 'error')
			.some(({ stanza }) => JSON.stringify(stanza).includes('bad-request')),
	)
})
