import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openReceiver } from '../../../support/gateway/receiver.ts'
import { until } from '../../../support/wait.ts'
import { MAIN, passkeyWorld } from './support/world.ts'

test('a number with a passkey is linked by QR code, once a browser has signed', async (t) => {
	const { gateway, owner, scan, becomes, sign, answer, session } = await passkeyWorld(t)
	await scan()
	const asked = await becomes('challenge')
	assert.equal(await gateway.statusOf('main'), 'passkey')
	assert.equal(asked.options.rpId, 'whatsapp.com')
	assert.match(asked.hint, /web\.whatsapp\.com/)
	assert.ok(Date.parse(asked.expires_at) > Date.now() + 590_000)
	const answered = await answer(await sign())
	assert.equal(answered.status, 200, answered.text)
	await gateway.becomes('main', 'open')
	assert.equal((await session()).me.phone, '491700000001')
	assert.equal(owner.passkeyCode, undefined, 'no code is to be compared')
	assert.equal(owner.account.devices.length, 2)
})

test('a number with a passkey is linked by a pairing code', async (t) => {
	const { gateway, owner, becomes, sign, answer } = await passkeyWorld(t)
	const { body } = await gateway.request('POST', `${MAIN}/pair`, { phone_number: '491700000001' })
	await owner.entersCode(body.code)
	await becomes('challenge')
	const answered = await answer(await sign())
	assert.equal(answered.status, 200, answered.text)
	await gateway.becomes('main', 'open')
})

test('a request without options is completed by asking for them', async (t) => {
	const { gateway, scan, becomes, sign, answer } = await passkeyWorld(t, {
		asks: { options: 'asked' },
	})
	await scan()
	await becomes('challenge')
	assert.equal((await answer(await sign())).status, 200)
	await gateway.becomes('main', 'open')
})

test('a linked session works, and connects again with what was agreed', async (t) => {
	const { gateway, sandbox, owner, scan, becomes, sign, answer } = await passkeyWorld(t)
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	await scan()
	await becomes('challenge')
	await answer(await sign())
	await gateway.becomes('main', 'open')
	sandbox.whatsapp.drops(owner.account)
	await gateway.becomes('main', 'connecting')
	await gateway.becomes('main', 'open')
	const sent = await gateway.request('POST', `${MAIN}/messages/text`, {
		to: ada.account.phone,
		text: 'with a passkey',
	})
	assert.equal(sent.status, 200, sent.text)
	await ada.receives('with a passkey')
})

test('whoever signs late compares a code, which the phone shows as well', async (t) => {
	const { gateway, owner, scan, becomes, sign, answer } = await passkeyWorld(t, {
		passkeyTimes: { proofMs: 0 },
	})
	await scan()
	await becomes('challenge')
	assert.equal((await answer(await sign())).status, 200)
	const { code, options } = await becomes('confirm')
	assert.match(code, /^[1-9A-HJ-NP-TV-Z]{4}-[1-9A-HJ-NP-TV-Z]{4}$/)
	assert.equal(code, owner.passkeyCode)
	assert.equal(options, null)
	assert.equal(owner.account.devices.length, 1, 'nothing is linked before the confirmation')
	assert.equal((await gateway.request('POST', `${MAIN}/passkey/confirm`)).status, 200)
	await gateway.becomes('main', 'open')
})

test('webhooks get each stage, with options and code', async (t) => {
	const { gateway, scan, becomes, sign, answer } = await passkeyWorld(t, {
		passkeyTimes: { proofMs: 0 },
	})
	const receiver = await openReceiver(t)
	const hook = { url: receiver.url, events: ['session.passkey'] }
	await gateway.request('POST', `${MAIN}/webhooks`, hook)
	await scan()
	const { options } = await becomes('challenge')
	await answer(await sign())
	const { code } = await becomes('confirm')
	await gateway.request('POST', `${MAIN}/passkey/confirm`)
	await gateway.becomes('main', 'open')
	const told = await until('the webhook has all stages', () => {
		const steps = receiver.posts.map(({ event }) => event.data)
		return steps.at(-1)?.stage === 'finishing' && steps
	})
	assert.deepEqual(
		told.map(({ stage }: { stage: string }) => stage),
		['challenge', 'waiting', 'confirm', 'finishing'],
	)
	assert.deepEqual(told[0].options, options)
	assert.equal(told[2].code, code)
	assert.ok(!JSON.stringify(told).includes('token'), 'whoever hears of it cannot answer by it')
})
