import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PasskeyOutcome } from '../../../../gateway/src/sandbox/server/model.ts'
import { BaileysClient } from '../../../support/baileys-client.ts'
import { until } from '../../../support/wait.ts'
import { atEnd, openGateway } from '../../../support/gateway/gateway.ts'
import { MAIN, passkeyWorld } from './support/world.ts'

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const challenge = 'mYfdnIzhSbvQ0sVJ8gTqJdyxAp4nZkTQWc7sOmPJ4sA'

type Signed = Record<string, any>

/** Answers that cannot be used: how they differ from a right one, the field and the sentence. */
const wrongAnswers: [string, (right: Signed, sign: any) => unknown, string, RegExp][] = [
	[
		'of another challenge',
		(_, sign) => sign(challenge),
		'response.clientDataJSON',
		/another request/,
	],
	[
		'of another page',
		(_, sign) => sign(undefined, { origin: 'https://whatsapp.com.example' }),
		'response.clientDataJSON',
		/another page than https:\/\/web\.whatsapp\.com/,
	],
	[
		'of another site',
		(_, sign) => sign(undefined, { rpId: 'example.com' }),
		'response.authenticatorData',
		/another site than whatsapp\.com/,
	],
	[
		'of a person who was not verified',
		(_, sign) => sign(undefined, { isVerified: false }),
		'response.authenticatorData',
		/nobody was verified/,
	],
	['with two ids', (right) => ({ ...right, id: 'AAAA' }), 'rawId', /differs/],
	[
		'of a registration',
		({ response, ...right }) => ({
			...right,
			response: {
				...response,
				clientDataJSON: base64url({
					...JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()),
					type: 'webauthn.create',
				}),
			},
		}),
		'response.clientDataJSON',
		/not of a request to sign in/,
	],
	[
		'without client data',
		({ response, ...right }) => ({ ...right, response: { ...response, clientDataJSON: 'AAAA' } }),
		'response.clientDataJSON',
		/not the client data/,
	],
	[
		'with short authenticator data',
		({ response, ...right }) => ({
			...right,
			response: { ...response, authenticatorData: 'AAAA' },
		}),
		'response.authenticatorData',
		/too short/,
	],
]

test('an answer that cannot be used is named, nothing of it is sent, and the right one still links', async (t) => {
	const { gateway, owner, sandbox, scan, becomes, sign, answer, step } = await passkeyWorld(t)
	await scan()
	const { options } = await becomes('challenge')
	const signs = (asked = options.challenge, how?: object) => owner.signsChallenge(asked, how)
	const seen = () => sandbox.whatsapp.log.list(({ direction }) => direction === 'in').length
	const before = seen()
	for (const [what, make, field, sentence] of wrongAnswers) {
		const { status, body } = await answer(make(await sign(), signs))
		assert.deepEqual([status, body.code, body.field], [422, 'passkey_answer_invalid', field], what)
		assert.match(body.detail, sentence, what)
	}
	const malformed = await answer({ ...(await sign()), rawId: 'not base64url!' })
	assert.deepEqual([malformed.status, malformed.body.field], [400, 'rawId'])
	assert.equal(seen(), before, 'WhatsApp has got nothing')
	assert.equal((await step()).stage, 'challenge')
	assert.equal((await answer(await sign())).status, 200)
	await gateway.becomes('main', 'open')
})

test('WhatsApp gets the fields of its own client and none that browsers add', async (t) => {
	const { gateway, scan, becomes, sign, answer } = await passkeyWorld(t)
	await scan()
	await becomes('challenge')
	const signed = await sign()
	const added = { authenticatorAttachment: 'platform', clientExtensionResults: { uvm: [] } }
	assert.equal((await answer({ ...added, ...signed })).status, 200)
	await gateway.becomes('main', 'open')
})

test('a signature of another key is refused by WhatsApp: linking ends, and begins anew with a QR code', async (t) => {
	const world = await passkeyWorld(t)
	const { gateway, scan, becomes, sign, answer, failure } = world
	await scan()
	await becomes('challenge')
	const right = await sign()
	const forged = await sign()
	const { status, body } = await answer({
		...right,
		response: { ...right.response, signature: forged.response.signature },
	})
	assert.deepEqual([status, body.code, body.whatsapp_code], [422, 'passkey_refused', '400'])
	const { reason, sentence } = await failure()
	assert.equal(reason, 'passkey_refused')
	assert.match(sentence, /refused the passkey.*new QR code/)
	assert.equal((await answer(right)).body.code, 'passkey_not_pending')

	await scan()
	await becomes('challenge')
	assert.equal((await answer(await sign())).status, 200)
	await gateway.becomes('main', 'open')
})

test('each step has its turn: before the request, twice, and the confirmation too early', async (t) => {
	const { gateway, owner, scan, becomes, sign, answer, step } = await passkeyWorld(t, {
		passkeyTimes: { proofMs: 0 },
	})
	const confirm = () => gateway.request('POST', `${MAIN}/passkey/confirm`)
	assert.equal((await step()).stage, 'none')
	const early = await answer(owner.signsChallenge(challenge))
	assert.deepEqual([early.status, early.body.code], [409, 'passkey_not_pending'])
	assert.match(early.body.detail, /does not ask/)
	await scan()
	await becomes('challenge')
	assert.match((await confirm()).body.detail, /waits for the passkey first/)
	const signed = await sign()
	assert.equal((await answer(signed)).status, 200)
	await becomes('confirm')
	const twice = await answer(signed)
	assert.deepEqual([twice.status, twice.body.code], [409, 'passkey_not_pending'])
	assert.match(twice.body.detail, /Compare the code/)
	assert.equal((await confirm()).status, 200)
	await gateway.becomes('main', 'open')
})

test('no QR code and no pairing code is given in the middle', async (t) => {
	const { gateway, scan, becomes } = await passkeyWorld(t)
	await scan()
	await becomes('challenge')
	const qr = await gateway.request('GET', `${MAIN}/qr`)
	assert.deepEqual([qr.status, qr.body.code], [409, 'passkey_required'])
	const pair = await gateway.request('POST', `${MAIN}/pair`, { phone_number: '491700000001' })
	assert.equal(pair.body.code, 'passkey_required')
})

test('a request that WhatsApp repeats takes the place of the first: only its challenge counts', async (t) => {
	const { gateway, sandbox, scan, becomes, sign, answer, step } = await passkeyWorld(t)
	await scan()
	await becomes('challenge')
	const first = await sign()
	const before = (await step()).options.challenge
	for (const registration of sandbox.whatsapp.registrations) registration.repeatPasskeyRequest()
	await until(
		'the challenge is another one',
		async () => (await step()).options.challenge !== before,
	)
	assert.match((await answer(first)).body.detail, /another request/)
	assert.equal((await answer(await sign())).status, 200)
	await gateway.becomes('main', 'open')
})

test('a request that is repeated after the signature changes nothing', async (t) => {
	const { gateway, sandbox, scan, becomes, sign, answer, events } = await passkeyWorld(t, {
		passkeyTimes: { proofMs: 0 },
	})
	await scan()
	await becomes('challenge')
	await answer(await sign())
	const { code } = await becomes('confirm')
	for (const registration of sandbox.whatsapp.registrations) registration.repeatPasskeyRequest()
	await until('it is acknowledged', () => {
		const isAck = ({ stanza }: { stanza: { tag: string; attrs: { type?: string } } }) =>
			stanza.tag === 'ack' && stanza.attrs.type === 'passkey_prologue_request'
		return sandbox.whatsapp.log.list(isAck as never).length === 2
	})
	assert.equal((await becomes('confirm')).code, code)
	await gateway.request('POST', `${MAIN}/passkey/confirm`)
	await gateway.becomes('main', 'open')
	const stages = (await events()).map(({ data }: { data: { stage: string } }) => data.stage)
	assert.deepEqual(stages, ['challenge', 'waiting', 'confirm', 'finishing'])
})

test('a challenge without an answer in time ends linking', async (t) => {
	const { scan, failure, events } = await passkeyWorld(t, { passkeyTimes: { challengeMs: 300 } })
	await scan()
	const { reason, sentence } = await failure()
	assert.equal(reason, 'passkey_expired')
	assert.match(sentence, /in time.*new QR code/)
	const told = (await events()).map(({ data }: any) => [
		data.stage,
		data.options,
		data.expires_at !== null,
	])
	assert.deepEqual(told, [
		['challenge', null, true],
		['failed', null, false],
	])
})

/** What comes of a right passkey, besides a linked device: the answer to it, and the sentence. */
const outcomes: [outcome: PasskeyOutcome, status: number, sentence: RegExp][] = [
	['limited', 429, /limits how often.*Wait some hours.*new QR code/],
	['stalled', 200, /fewer than four linked devices/],
	['unfinished', 200, /phone did not finish.*new QR code/],
]
for (const [outcome, status, expected] of outcomes)
	test(`a passkey whose linking is ${outcome} ends with hints, and links nothing`, async (t) => {
		const { owner, scan, becomes, sign, answer, failure } = await passkeyWorld(t, {
			asks: { outcome },
			passkeyTimes: { continuationMs: 300, pairingMs: 300 },
		})
		await scan()
		await becomes('challenge')
		assert.equal((await answer(await sign())).status, status)
		const { reason, sentence } = await failure()
		assert.equal(reason, `passkey_${outcome}`)
		assert.match(sentence, expected)
		assert.equal(owner.account.devices.length, 1)
	})

test('a code without a confirmation in time links nothing', async (t) => {
	const { owner, scan, becomes, sign, answer, failure } = await passkeyWorld(t, {
		passkeyTimes: { proofMs: 0, confirmationMs: 300 },
	})
	await scan()
	await becomes('challenge')
	await answer(await sign())
	assert.equal((await failure()).reason, 'passkey_unconfirmed')
	assert.equal(owner.account.devices.length, 1)
})

for (const stage of ['challenge', 'confirm'] as const) {
	test(`a connection that is lost in stage ${stage} is a failure, and is not tried again`, async (t) => {
		const { gateway, sandbox, scan, becomes, sign, answer, failure } = await passkeyWorld(t, {
			passkeyTimes: { proofMs: 0 },
		})
		await scan()
		await becomes('challenge')
		if (stage === 'confirm') {
			await answer(await sign())
			await becomes('confirm')
		}
		for (const registration of sandbox.whatsapp.registrations) registration.cut()
		const { reason, sentence } = await failure()
		assert.equal(reason, 'passkey_interrupted')
		assert.match(sentence, /lost in the middle/)
		assert.equal(sandbox.whatsapp.registrations.size, 0, 'it has not connected again')
		assert.equal((await gateway.request('GET', `${MAIN}/qr`)).status, 200, 'a person may')
	})
}

test('disconnecting ends it without a failure', async (t) => {
	const { gateway, scan, becomes, step } = await passkeyWorld(t)
	await scan()
	await becomes('challenge')
	assert.equal((await gateway.request('POST', `${MAIN}/disconnect`)).body.status, 'created')
	assert.equal((await step()).stage, 'none')
})

test('a gateway that is stopped in the middle begins anew afterwards', async (t) => {
	const { gateway, sandbox, owner, scan, becomes } = await passkeyWorld(t)
	await scan()
	await becomes('challenge')
	await gateway.stop()
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	assert.equal(await again.statusOf('main'), 'created')
	const { body } = await again.request('GET', `${MAIN}/qr`)
	owner.scans(body.qr)
	await again.becomes('main', 'passkey')
})

test('PASSKEYS=off ends such an attempt at once, and says why', async (t) => {
	const { scan, failure } = await passkeyWorld(t, { passkeys: 'off' })
	await scan()
	const { reason, sentence } = await failure()
	assert.equal(reason, 'passkey_off')
	assert.match(sentence, /PASSKEYS=off/)
})

test('a client that knows no passkeys is never linked', async (t) => {
	const { sandbox, owner } = await passkeyWorld(t)
	const client = new BaileysClient(sandbox)
	atEnd(t, () => client.end())
	owner.scans(await client.connect().qr())
	await until(
		'WhatsApp has asked',
		() =>
			sandbox.whatsapp.log.list(({ stanza }) => stanza.attrs.type === 'passkey_prologue_request')
				.length,
	)
	assert.equal(owner.account.devices.length, 1)
})

test('neither challenge, signature nor code is in the log', async (t) => {
	const log: string[] = []
	const { gateway, scan, becomes, sign, answer } = await passkeyWorld(t, {
		log,
		passkeyTimes: { proofMs: 0 },
	})
	await scan()
	const { options, token } = await becomes('challenge')
	const signed = await sign()
	await answer(signed)
	const { code } = await becomes('confirm')
	await gateway.request('POST', `${MAIN}/passkey/confirm`)
	await gateway.becomes('main', 'open')
	for (const secret of [options.challenge, token, signed.response.signature, code])
		assert.ok(!log.join('').includes(secret))
})
