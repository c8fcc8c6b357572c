import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const SEND_TIMEOUT_S = 5

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t, { queryTimeoutMs: 1_000, sendTimeout: SEND_TIMEOUT_S })
	const { gateway, ada, owner, sandbox } = world
	const { queryFaults, log } = sandbox.whatsapp
	const ask = (method: string) => (path: string, body?: object) =>
		gateway.request(method, `/api/v1/sessions/main/${path}`, body)
	let people = 0
	return {
		...world,
		post: ask('POST'),
		get: ask('GET'),
		faults: queryFaults,
		/** Leaves queries without an answer. @returns ends it */
		silent: (xmlns?: string) =>
			queryFaults.silence({ account: owner.account.phone, xmlns }, 600_000),
		stranger: () => sandbox.phone(`4917000001${String(people++).padStart(2, '0')}`),
		/** A group that the gateway does not know. */
		newGroup: () => ada.createsGroup('Team', [owner]),
		/** The queries of a namespace from now on. */
		queriesSince(seq: number, xmlns: string): BinaryNode[] {
			const frames = log.list(
				({ seq: at, direction, stanza }) =>
					at > seq && direction === 'in' && stanza.attrs.xmlns === xmlns,
			)
			return frames.map(({ stanza }) => stanza)
		},
	}
}

type World = Awaited<ReturnType<typeof openWorld>>
type Ask = () => ReturnType<World['post']>

/** What asks WhatsApp something: the namespace, and the question. */
const questions: Record<string, [xmlns: string, (world: World) => Ask]> = {
	'whether numbers are on WhatsApp': [
		'usync',
		({ post }) =>
			() =>
				post('contacts/check', { phones: ['4917099999999', '491700000002'] }),
	],
	'a group': ['w:g2', ({ get, newGroup }) => of(newGroup(), (group) => get(`groups/${group}`))],
	'all groups': [
		'w:g2',
		({ get }) =>
			() =>
				get('groups'),
	],
	'the timer of a group': [
		'w:g2',
		({ post, newGroup }) =>
			of(newGroup(), (group) => post(`chats/${group}/disappearing`, { seconds: 0 })),
	],
	'the addressing of a group, to mention somebody in it': [
		'w:g2',
		({ post, newGroup, ada }) =>
			of(newGroup(), (to) =>
				post('messages/text', { to, text: 'hi', mentions: [ada.account.phone] }),
			),
	],
	'where files are uploaded': [
		'w:m',
		({ post }) =>
			() =>
				post('media/upload', { media_type: 'document', data: 'YSBmaWxl' }),
	],
	'settings of the account': [
		'w:sync:app:state',
		({ post, ada }) =>
			() =>
				post('messages/star', { message_id: 'A', chat: ada.account.phone }),
	],
}

const of =
	<T>(thing: T, ask: (thing: T) => ReturnType<World['post']>): Ask =>
	() =>
		ask(thing)

test('a question that WhatsApp does not answer fails as that, and is answered the next time', async (t) => {
	const world = await openWorld(t)
	for (const [what, [xmlns, question]] of Object.entries(questions))
		await t.test(what, async () => {
			const ask = question(world)
			const speak = world.silent(xmlns)
			const { status, body, text, headers } = await ask()
			speak()
			assert.deepEqual([status, body?.code], [504, 'whatsapp_silent'], text)
			assert.ok(Number(headers.get('retry-after')) > 0)
			await until('it is answered', async () => (await ask()).status === 200)
		})
	await t.test('"no" is another answer than none, and so is "too often"', async () => {
		const theirs = world.ada.createsGroup('Theirs', [])
		const no = await world.get(`groups/${theirs}`)
		assert.deepEqual([no.status, no.body.code], [403, 'whatsapp_forbidden'], no.text)
		world.faults.limitRate({ account: world.owner.account.phone, xmlns: 'usync' }, 1)
		const limited = await world.post('contacts/check', { phones: ['4917099999999'] })
		assert.deepEqual([limited.status, limited.body.code], [429, 'whatsapp_rate_limited'])
		assert.ok(Number(limited.headers.get('retry-after')) > 0)
	})
	await t.test('the end of the link', async () => {
		const speak = world.silent('md')
		const { status, body, text } = await world.post('logout')
		speak()
		assert.deepEqual([status, body?.code], [504, 'whatsapp_silent'], text)
		assert.equal(await world.gateway.statusOf('main'), 'open')
		assert.equal((await world.post('logout')).status, 200)
		await world.gateway.becomes('main', 'logged_out')
	})
})

test('fifty numbers are one query, and what WhatsApp leaves out is not "no"', async (t) => {
	const { post, stranger, sandbox, faults, queriesSince, ada, owner, get } = await openWorld(t)
	const here = stranger().account
	const leftOut = stranger().account
	const missing = Array.from({ length: 46 }, (_, index) => `49171000000${index + 10}`)
	const id = await ada.says('hi', { to: owner })
	await until('her message is kept', async () => (await get(`messages/${id}`)).status === 200)
	for (const account of [leftOut, ada.account]) faults.leaveOut('person', account, 1)
	const before = sandbox.whatsapp.log.last
	const phones = [`+${here.phone}`, leftOut.phone, ada.account.phone, here.phone, ...missing]
	const { status, body, text } = await post('contacts/check', { phones })
	assert.equal(status, 200, text)
	assert.equal(queriesSince(before, 'usync').length, 1)
	const jid = (phone: string) => `${phone}@s.whatsapp.net`
	const told = body.results.map(({ phone, exists, jid }: any) => ({ phone, exists, jid }))
	assert.deepEqual(told, [
		{ phone: `+${here.phone}`, exists: true, jid: jid(here.phone) },
		{ phone: leftOut.phone, exists: null, jid: null },
		// She has just written.
		{ phone: ada.account.phone, exists: true, jid: jid(ada.account.phone) },
		{ phone: here.phone, exists: true, jid: jid(here.phone) },
		...missing.map((phone) => ({ phone, exists: false, jid: null })),
	])
})

test('a text to somebody whom WhatsApp leaves out, or of whom it says nothing, is sent', async (t) => {
	const { post, stranger, faults, silent, ada } = await openWorld(t)
	const known = stranger()
	faults.leaveOut('person', known.account, 1)
	const sent = await post('messages/text', { to: known.account.phone, text: 'left out' })
	assert.equal(sent.status, 200, sent.text)
	await known.receives('left out')

	const unknown = stranger()
	const send = (text: string) => post('messages/text', { to: unknown.account.phone, text })
	const speak = silent('usync')
	const start = performance.now()
	const first = send('into the silence')
	const second = send('behind it')
	// Nothing else waits for it.
	const meanwhile = await post('messages/text', { to: ada.account.phone, text: 'meanwhile' })
	assert.ok([200, 202].includes(meanwhile.status))
	for (const { status, body } of await Promise.all([first, second]))
		assert.deepEqual([status, body.status], [202, 'pending'])
	assert.ok(performance.now() - start < (SEND_TIMEOUT_S + 3) * 1000)
	speak()
	await unknown.receives('behind it')
	const texts = unknown.inbox.entries.map(({ message }) => message?.extendedTextMessage?.text)
	assert.deepEqual(
		texts.filter((text) => text),
		['into the silence', 'behind it'],
	)
})

test('success means that somebody was encrypted for', async (t) => {
	const { post, stranger, faults, newGroup, ada } = await openWorld(t)
	const nobody = { status: 422, code: 'recipient_has_no_device' }
	const person = stranger()
	faults.leaveOut('devices', person.account, 2)
	const group = newGroup()
	for (const to of [person.account.phone, group]) {
		if (to === group) faults.leaveOut('devices', ada.account, 2)
		const { status, body, text } = await post('messages/text', { to, text: 'nobody reads it' })
		assert.deepEqual({ status, code: body.code }, nobody, text)
		const kept = await until('it has an outcome', async () => {
			const again = await post('messages/text', { to, text: 'now' })
			return again.status === 200 && again
		})
		const reader = to === group ? ada : person
		await reader.receives(({ id }) => id === kept.body.message_id)
		assert.ok(
			!reader.inbox.entries.some(({ message }) => JSON.stringify(message)?.includes('nobody')),
		)
	}
})

test('an upload that every media host refuses names them', async (t) => {
	const { post, sandbox, ada } = await openWorld(t)
	const to = ada.account.phone
	const document = { data: 'YSBmaWxl', mimetype: 'text/plain' }
	sandbox.whatsapp.media.refuseUploads(undefined, 507, 100)
	for (const [path, body] of [
		['messages/document', { to, document, filename: 'a.txt' }],
		['media/upload', { media_type: 'document', data: 'YSBmaWxl' }],
	] as const) {
		const answer = await post(path, body)
		assert.deepEqual([answer.status, answer.body.code], [502, 'media_upload_failed'], answer.text)
		assert.match(answer.body.detail, /127\.0\.0\.1:\d+ answered 507/)
	}
})
