import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test, type TestContext } from 'node:test'
import type { Phone } from '../../../../gateway/src/sandbox/index.ts'
import { linkedGateway } from '../../../support/gateway/gateway.ts'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway } = world
	const ask = (path: string, body?: object) =>
		gateway.request(body ? 'POST' : 'GET', `/api/v1/sessions/main/${path}`, body)
	return { ...world, ask }
}

const idOf = ({ account }: Phone) => `${account.phone}@s.whatsapp.net`

test('numbers are checked in one request, however they are written', async (t) => {
	const { ask, ada } = await openWorld(t)
	const phones = ['+49 170 0000002', '4915199999999']
	const { status, body } = await ask('contacts/check', { phones })
	assert.equal(status, 200)
	assert.deepEqual(body.results, [
		{ phone: phones[0], exists: true, is_registered: true, jid: idOf(ada) },
		{ phone: phones[1], exists: false, is_registered: false, jid: null },
	])
})

test('an invalid number is named by its index, and a disconnected session says so', async (t) => {
	const { ask, gateway } = await openWorld(t)
	for (const [phones, field] of [
		[['4915199999999', 'Ada'], 'phones.1'],
		[[], 'phones'],
		['4915199999999', 'phones'],
	] as const) {
		const { status, body } = await ask('contacts/check', { phones })
		assert.deepEqual([status, body.field], [400, field])
	}
	await ask('disconnect', {})
	await gateway.becomes('main', 'closed')
	const { status, body } = await ask('contacts/check', { phones: ['4915199999999'] })
	assert.deepEqual([status, body.code], [503, 'session_not_open'])
})

test('a group is shown with its members', async (t) => {
	const { ask, ada, owner } = await openWorld(t)
	const jid = ada.createsGroup('Team', [owner])
	const short = await ask(`groups/${jid}`)
	assert.equal(short.status, 200, short.text)
	const { created_at, subject_at, ...shown } = short.body
	const idOf = ({ account }: typeof ada) => `${account.phone}@s.whatsapp.net`
	assert.deepEqual(shown, {
		jid,
		name: 'Team',
		subject_by: idOf(ada),
		topic: null,
		description_id: null,
		owner: idOf(ada),
		only_admins_send: false,
		only_admins_edit: false,
		everyone_adds: false,
		join_approval: false,
		expiration: 0,
		is_community: false,
		parent_jid: null,
		addressing_mode: 'lid',
		participant_count: 2,
	})
	assert.ok(Number.isInteger(created_at) && Number.isInteger(subject_at))
	const { body } = await ask(`groups/${jid}/info`)
	const roles = body.participants.map(({ jid, role }: any) => [jid, role])
	assert.deepEqual(Object.fromEntries(roles), {
		[idOf(ada)]: 'superadmin',
		[idOf(owner)]: 'member',
	})
	const { status, body: refusal } = await ask('groups/4915112345678')
	assert.deepEqual([status, refusal.field], [400, 'jid'])
})

test('a session says whether it is logged in, and which device it is', async (t) => {
	const { ask, owner, gateway } = await openWorld(t)
	const { phone, lid } = owner.account
	const { push_name, ...open } = (await ask('status')).body
	assert.deepEqual(open, { status: 'logged_in', is_logged_in: true, phone_number: phone })
	const { device_id, ...device } = (await ask('device')).body
	assert.deepEqual(device, { phone_number: phone, lid: `${lid}@lid`, push_name })
	assert.ok(device_id > 0)
	await ask('disconnect', {})
	await gateway.becomes('main', 'closed')
	const { status, is_logged_in } = (await ask('status')).body
	assert.deepEqual([status, is_logged_in], ['disconnected', false])
	await gateway.request('POST', '/api/v1/sessions', { id: 'new' })
	await gateway.becomes('new', 'linking')
	const { body } = await gateway.request('GET', '/api/v1/sessions/new/status')
	assert.deepEqual([body.status, body.phone_number], ['waiting_for_qr', null])
})

test('typing that lasts for a while ends by itself', async (t) => {
	const { ask, ada } = await openWorld(t)
	const begins = once(ada.events, 'typing')
	const { status } = await ask('chatstate/typing', { to: ada.account.phone, duration: 50 })
	assert.equal(status, 200)
	assert.equal((await begins)[0].state, 'composing')
	assert.equal((await once(ada.events, 'typing'))[0].state, 'paused')
})
