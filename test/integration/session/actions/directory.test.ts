import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { until } from '../../../support/wait.ts'
import { linkedGateway } from '../../../support/gateway/gateway.ts'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, sandbox, ada, owner } = world
	const bora = sandbox.phone('491700000003', { name: 'Bora' })
	const ask = async (path: string) => {
		const { status, body, text } = await gateway.request('GET', `/api/v1/sessions/main/${path}`)
		assert.equal(status, 200, text)
		return body
	}
	const send = async (to: string, text: string) => {
		const path = '/api/v1/sessions/main/messages/text'
		const answer = await gateway.request('POST', path, { to, text })
		assert.equal(answer.status, 200, answer.text)
	}
	return { ...world, bora, ask, send, ada, owner }
}

const named = ({ chats }: { chats: { name: string | null }[] }) => chats.map(({ name }) => name)

test('the groups of an account are listed by name, with their size, and searched', async (t) => {
	const { ask, ada, bora, owner } = await openWorld(t)
	const crew = ada.createsGroup('Crew', [owner, bora])
	const band = owner.createsGroup('Band', [ada])
	bora.createsGroup('Without us', [ada])
	const all = await ask('groups')
	assert.deepEqual(
		all.groups.map(({ jid, name, participant_count }: any) => [jid, name, participant_count]),
		[
			[band, 'Band', 2],
			[crew, 'Crew', 3],
		],
	)
	assert.equal(all.total, 2)
	const { groups } = await ask('groups?search=cRe')
	assert.deepEqual(
		groups.map(({ jid }: { jid: string }) => jid),
		[crew],
	)
})

test('a chat is listed once a message was exchanged in it, with its known identity', async (t) => {
	const { ask, send, ada, bora, owner } = await openWorld(t)
	const group = ada.createsGroup('Crew', [owner, bora])
	await send(group, 'to all')
	await ada.says('hello', { to: owner })
	const { chats } = await until('both chats are known by name', async () => {
		const found = await ask('chats')
		return named(found).includes('Ada') && found
	})
	const { phone, lid } = ada.account
	const [person] = chats.filter(({ name }: { name: string }) => name === 'Ada')
	assert.deepEqual(
		{ ...person, last_message_at: null, last_message: null },
		{
			...{ id: `${phone}@s.whatsapp.net`, phone, lid: `${lid}@lid`, name: 'Ada', type: 'person' },
			...{ last_message_at: null, last_message: null, unread: 1, marked_unread: false },
			...{ archived: false, pinned: false, muted_until: null, locked: false, labels: [] },
			expiration: 0,
		},
	)
	assert.equal(person.last_message.from_me, false)
	assert.ok(Date.now() - Date.parse(person.last_message_at) < 60_000)
	const [crew] = chats.filter(({ id }: { id: string }) => id === group)
	assert.deepEqual([crew.name, crew.expiration], ['Crew', null])
})

test('chats are searched by name and by number, however it is written', async (t) => {
	const { ask, ada, owner, send, bora } = await openWorld(t)
	await send(bora.account.phone, 'hello')
	await ada.says('hello', { to: owner })
	await until('Ada is known', async () => named(await ask('chats')).includes('Ada'))
	assert.deepEqual(named(await ask('chats?search=ada')), ['Ada'])
	const { chats } = await ask(`chats?search=${encodeURIComponent('+49 170 0000003')}`)
	assert.deepEqual(
		chats.map(({ phone }: { phone: string }) => phone),
		[bora.account.phone],
	)
	assert.equal((await ask('chats?limit=1')).total, 2)
})

test('chats and their order outlive a restart of the session', async (t) => {
	const { ask, gateway, send, bora } = await openWorld(t)
	assert.deepEqual(await ask('chats'), { chats: [], total: 0 })
	await send(bora.account.phone, 'hello')
	const before = await ask('chats')
	await gateway.request('POST', '/api/v1/sessions/main/disconnect')
	await gateway.becomes('main', 'closed')
	assert.deepEqual(await ask('chats'), before)
	const { status } = await gateway.request('GET', '/api/v1/sessions/main/groups')
	assert.equal(status, 503)
})
