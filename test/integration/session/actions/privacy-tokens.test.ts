import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const TOKENS = '/api/v1/sessions/main/tctoken'
const LONG_AGO = 1_600_000_000

test('privacy tokens are issued, received, listed, and deleted when they have expired', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	const bea = sandbox.phone('491700000003', { name: 'Bea' })
	const ask = async (method: string, path: string, body?: object) =>
		gateway.request(method, `${TOKENS}${path}`, body)
	const of = async (person: string) => (await ask('GET', `/${person}`)).body
	const none = { token_timestamp: null, sender_timestamp: null, found: false }
	assert.deepEqual(await of(ada.account.phone), { jid: ada.account.phone, ...none })
	const before = Math.floor(Date.now() / 1000)

	const { status, body } = await ask('POST', '/issue', { jids: [ada.account.phone] })
	assert.equal(status, 200)
	const [{ jid, timestamp }] = body.tokens
	assert.equal(jid, ada.account.phone)
	assert.ok(timestamp >= before)
	assert.deepEqual(await of(`${ada.account.lid}@lid`), {
		...{ jid: `${ada.account.lid}@lid`, token_timestamp: null },
		...{ sender_timestamp: timestamp, found: true },
	})

	ada.profile.trusts(owner, before)
	bea.profile.trusts(owner, LONG_AGO)
	// Her number is not known here.
	const lid = `${bea.account.lid}@lid`
	await until('both tokens are kept', async () => {
		const [hers, beas] = [await of(ada.account.phone), await of(lid)]
		return hers.token_timestamp === before && beas.token_timestamp === LONG_AGO
	})
	const list = (await ask('GET', '/list')).body
	const told = list.tokens.map(({ contact, expired }: any) => [contact.lid, expired])
	const expected = [
		[`${ada.account.lid}@lid`, false],
		[lid, true],
	]
	assert.deepEqual(told.sort(), expected.sort())
	assert.equal(list.jids.length, 2)
	assert.deepEqual((await ask('DELETE', '/expired')).body, { pruned_count: 1 })
	assert.deepEqual((await ask('DELETE', '/expired')).body, { pruned_count: 0 })
	assert.equal((await of(lid)).found, false)
	assert.equal((await of(ada.account.phone)).found, true)
})

test('a token for nobody, or for what is no person, is refused by its place', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const group = '120363000000000000@g.us'
	for (const [jids, code, field] of [
		[[ada.account.phone, group], 'invalid_recipient', 'jids.1'],
		[['491799999999'], 'recipient_not_on_whatsapp', 'jids.0'],
		[[], 'invalid_request', 'jids'],
	] as const) {
		const { body } = await gateway.request('POST', `${TOKENS}/issue`, { jids })
		assert.deepEqual([body.code, body.field], [code, field], body.detail)
	}
})
