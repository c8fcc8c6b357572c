import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createChannel, follow } from '../../../gateway/src/sandbox/server/channels.ts'
import { linkedGateway, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { until } from '../../support/wait.ts'

const SESSIONS = '/api/v1/sessions'
const WORKSPACE = '11111111-1111-4111-8111-111111111111'
const OTHER_WORKSPACE = '22222222-2222-4222-8222-222222222222'

async function openWorld(t: TestContext, workspace?: string) {
	const world = await linkedGateway(t, { ...(workspace && { workspace }) })
	const { gateway } = world
	const receiver = await openReceiver(t)
	const ask = (method: string, path = '', body?: object) =>
		gateway.request(method, `${SESSIONS}/main${path}`, body)
	const sets = async (settings: object) => {
		const answer = await ask('PUT', '/settings', settings)
		assert.equal(answer.status, 200, answer.text)
		return answer.body
	}
	await ask('POST', '/webhooks', { url: receiver.url })
	const told = (text: string) => receiver.gets(({ event }) => event.data.text === text)
	return { ...world, receiver, ask, sets, told }
}

test('a session keeps its name and metadata, and every event repeats the metadata', async (t) => {
	const { ask, ada, owner, told } = await openWorld(t)
	await ada.says('before', { to: owner })
	assert.ok(!('metadata' in (await told('before')).event))
	const metadata = { customer: '4711', 'cost centre': 'Köln' }
	const changed = await ask('PATCH', '', { name: 'Support', metadata })
	assert.equal(changed.status, 200, changed.text)
	assert.deepEqual([changed.body.name, changed.body.metadata], ['Support', metadata])
	assert.deepEqual((await ask('GET')).body, changed.body)
	await ada.says('after', { to: owner })
	assert.deepEqual((await told('after')).event.metadata, metadata)
	const { body } = await ask('GET', '/events?limit=1000')
	assert.deepEqual(body.events.at(-1).metadata, metadata)
	assert.deepEqual((await ask('PATCH', '', {})).body.metadata, metadata)
})

test('a session can have metadata from the start, within limits', async (t) => {
	const gateway = await openGateway(t)
	const metadata = { a: 'b' }
	const { status, body } = await gateway.request('POST', SESSIONS, { id: 'one', metadata })
	assert.deepEqual([status, body.metadata], [201, metadata])
	const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, '']))
	for (const wrong of [many, { text: 'ü'.repeat(600) }, { number: 1 }, { '': 'x' }, 'text']) {
		const answer = await gateway.request('PATCH', `${SESSIONS}/one`, { metadata: wrong })
		assert.equal(answer.status, 400, answer.text)
		assert.match(answer.body.field, /^metadata/)
	}
})

test('messages are marked as read when they arrive: of everybody, of people only, or of nobody', async (t) => {
	const { sets, ada, owner, told } = await openWorld(t)
	const group = ada.createsGroup('Team', [owner])
	const isRead = (id: string) =>
		ada.receipts.some((receipt) => receipt.id === id && receipt.type === 'read')
	const says = async (text: string, to: typeof owner | string) => {
		const id = await ada.says(text, { to: to as never })
		await told(text)
		return id
	}
	const unread = await says('off', owner)
	await sets({ read_messages: 'chats' })
	const ofGroup = await says('chats, in a group', group)
	const ofPerson = await says('chats, in private', owner)
	await until('a person sees it', () => isRead(ofPerson))
	await sets({ read_messages: 'all' })
	const both = [await says('all, in a group', group), await says('all, in private', owner)]
	await until('both are read', () => both.every(isRead))
	assert.ok(!isRead(unread) && !isRead(ofGroup))
})

test('ignored chats have no events, and can be read again later', async (t) => {
	const { sets, ada, owner, sandbox, receiver, told } = await openWorld(t)
	const group = ada.createsGroup('Team', [owner])
	const channel = createChannel(sandbox.whatsapp, ada.account, { name: 'News' })
	follow(channel, owner.account)
	const places = { groups: group, channels: channel.id, status: '', broadcast: '' }
	const all = { groups: true, channels: true, status: true, broadcast: true }
	const says = (text: string, kind: string, to: string) => {
		const message = { conversation: text }
		if (kind === 'status') return ada.posts(message, [owner])
		return kind === 'broadcast' ? ada.broadcasts(message, [owner]) : ada.says(text, { to })
	}
	assert.deepEqual((await sets({ ignore: all })).ignore, all)
	for (const [kind, to] of Object.entries(places)) await says(`ignored in ${kind}`, kind, to)
	await ada.says('to a person', { to: owner })
	await told('to a person')
	const texts = receiver.posts.map(({ event }) => event.data.text)
	assert.ok(!texts.some((text) => text?.startsWith('ignored')), texts.join())
	for (const [kind, to] of Object.entries(places)) {
		const { ignore } = await sets({ ignore: { [kind]: false } })
		assert.equal(ignore[kind], false)
		await says(`told in ${kind}`, kind, to)
		await told(`told in ${kind}`)
	}
})

test('an account stays online over reconnects, if that is set', async (t) => {
	const { sets, ask, owner, sandbox, gateway } = await openWorld(t)
	const isOnline = (wanted: boolean) =>
		until(`online is ${wanted}`, () => sandbox.whatsapp.online.has(owner.account) === wanted)
	await isOnline(false)
	await sets({ presence: 'available' })
	await isOnline(true)
	await ask('POST', '/disconnect')
	await isOnline(false)
	await ask('POST', '/connect')
	await gateway.becomes('main', 'open')
	await isOnline(true)
	await sets({ presence: 'unavailable' })
	await isOnline(false)
})

test('settings say what they are, and refuse what they are not', async (t) => {
	const { ask } = await openWorld(t)
	const standard = {
		read_messages: 'off',
		presence: 'unavailable',
		calls: { reject: false, groups: true },
		reconnect: true,
		skip_history_sync: false,
		governor: {
			mode: null,
			first_messages_per_hour: null,
			first_messages_per_day: null,
			pause_seconds: null,
			typing: null,
			quiet_from: null,
			quiet_to: null,
			time_zone: null,
		},
		ignore: { groups: false, status: false, channels: false, broadcast: false },
	}
	assert.deepEqual((await ask('GET', '/settings')).body, standard)
	for (const [body, field] of [
		[{ read_messages: 'some' }, 'read_messages'],
		[{ presence: 'away' }, 'presence'],
		[{ ignore: { groups: 'yes' } }, 'ignore.groups'],
		[{ governor: { mode: 'wild' } }, 'governor.mode'],
		[{ governor: { quiet_from: '25:00' } }, 'governor.quiet_from'],
		[{ governor: { time_zone: 'Berlin' } }, 'governor.time_zone'],
	] as const) {
		const answer = await ask('PUT', '/settings', body)
		assert.deepEqual([answer.status, answer.body.field], [400, field], answer.text)
	}
	assert.deepEqual((await ask('GET', '/settings')).body, standard)
})

test('only who may create sessions changes them, and a session moves to another workspace', async (t) => {
	const { gateway, ask } = await openWorld(t, WORKSPACE)
	const keyFor = async (rights: object) => {
		const { body } = await gateway.request('POST', '/api/v1/keys', { name: 'k', ...rights })
		return { 'x-api-key': body.key, 'content-type': 'application/json' }
	}
	const manager = await keyFor({ role: 'member', workspace: WORKSPACE })
	const member = await keyFor({ role: 'member', sessions: ['main'] })
	const as = (headers: Record<string, string>, method: string, path: string, body?: object) =>
		gateway.request(method, `${SESSIONS}/main${path}`, body, headers)
	for (const [method, path, body] of [
		['PATCH', '', { name: 'x' }],
		['PUT', '/settings', { presence: 'unavailable' }],
		['PUT', '/proxy', { url: 'http://192.0.2.1:1' }],
		['DELETE', '/proxy', undefined],
		['POST', '/connect', { device: { os: 'Linux', platform: 'chrome' } }],
	] as const) {
		const answer = await as(member, method, path, body)
		assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], `${method} ${path}`)
	}
	assert.equal((await as(manager, 'PATCH', '', { name: 'Mine' })).status, 200)
	assert.equal((await as(manager, 'PATCH', '', { workspace: OTHER_WORKSPACE })).status, 403)
	const moved = await ask('PATCH', '', { workspace: OTHER_WORKSPACE })
	assert.deepEqual([moved.status, moved.body.workspace], [200, OTHER_WORKSPACE])
	assert.equal((await as(manager, 'GET', '')).status, 404)
})

test('the phone lists a device as it was named, until it is linked', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const gateway = await openGateway(t, { sandbox })
	const post = (path: string, body: object) => gateway.request('POST', `${SESSIONS}${path}`, body)
	const first = { os: 'Windows', platform: 'edge', version: '10' }
	const created = await post('', { id: 'main', device: first })
	assert.deepEqual([created.status, created.body.device], [201, first], created.text)
	for (const [device, field] of [
		[{ os: 'Android', platform: 'chrome' }, 'device.os'],
		[{ os: 'Linux', platform: 'android_phone' }, 'device.platform'],
		[{ os: 'Linux', platform: 'netscape' }, 'device.platform'],
	] as const) {
		const answer = await post('/main/connect', { device })
		assert.deepEqual([answer.status, answer.body.field], [400, field], answer.text)
	}
	const device = { os: 'Tea Shop', platform: 'firefox' }
	assert.equal((await post('/main/connect', { device })).status, 200)
	const { body } = await gateway.request('GET', `${SESSIONS}/main/qr`)
	owner.scans(body.qr)
	await gateway.becomes('main', 'open')
	assert.deepEqual(owner.account.devices.at(-1)!.listedAs, { os: 'Tea Shop', platform: 'FIREFOX' })
	const late = await post('/main/connect', { device })
	assert.deepEqual([late.status, late.body.code], [409, 'session_already_linked'])
})

test('a device that is linked by a pairing code is listed as it was named', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', SESSIONS, { id: 'main' })
	const { status, body, text } = await gateway.request('POST', `${SESSIONS}/main/pair`, {
		phone_number: owner.account.phone,
		device: { os: 'Linux', platform: 'safari' },
	})
	assert.equal(status, 200, text)
	await owner.entersCode(body.code)
	await gateway.becomes('main', 'open')
	assert.deepEqual(owner.account.devices.at(-1)!.listedAs, { os: 'Linux', platform: 'SAFARI' })
})
