import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { getBinaryNodeChild, getBinaryNodeChildren } from '@whiskeysockets/baileys'
import { linkedGateway, openGateway, openSandbox } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const [MAIN, OTHER] = ['main', 'other'].map((id) => `/api/v1/sessions/${id}`) as [string, string]

const starred = (n: number) => ({
	message_id: `3EB0FFFFFFFFFFFFFFFFF${n}`,
	chat: '4917000000009',
	from_me: true,
})

/** Two sessions of one account, with which its phone has shared the keys. */
async function openTwo(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, owner } = world
	await gateway.request('POST', '/api/v1/sessions', { id: 'other' })
	owner.scans((await gateway.request('GET', `${OTHER}/qr`)).body.qr)
	await gateway.becomes('other', 'open')
	const star = (path: string, n: number) =>
		gateway.request('POST', `${path}/messages/star`, starred(n))
	await until('the phone has shared its keys with both', async () =>
		(await Promise.all([star(MAIN, 8), star(OTHER, 9)])).every(({ status }) => status === 200),
	)
	return { ...world, star, stored: () => owner.account.appState?.regular_low?.length ?? 0 }
}

for (const conflicts of [0, 3])
	test(`of four changes that two devices of an account make at once, all four are stored, after ${conflicts} conflicts`, async (t) => {
		const { sandbox, owner, star, stored } = await openTwo(t)
		const before = stored()
		if (conflicts) sandbox.whatsapp.queryFaults.refuseChanges(owner.account.phone, conflicts)
		const paths = [MAIN, OTHER, MAIN, OTHER]
		const answers = await Promise.all(paths.map(star))
		assert.deepEqual(
			answers.map(({ status, text }) => [status, text]),
			paths.map(() => [200, '{"success":true}']),
		)
		assert.equal(stored(), before + 4)
	})

test('a change that conflicts with those of other devices each time is refused, and not stored', async (t) => {
	const { sandbox, owner, star, stored } = await openTwo(t)
	const before = stored()
	sandbox.whatsapp.queryFaults.refuseChanges(owner.account.phone, 8)
	const { status, body } = await star(MAIN, 1)
	assert.deepEqual([status, body.code, stored()], [409, 'whatsapp_conflict', before])
	assert.equal((await star(MAIN, 1)).status, 200)
	assert.equal(stored(), before + 1)
})

test('a device that is linked late reads a snapshot, then the changes after it, and changes on from there', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const people = Array.from({ length: 6 }, (_, n) => `49170000001${n}`)
	for (const number of people) {
		sandbox.phone(number)
		await owner.addressBook.saves(number, { fullName: `Person ${number}` })
	}
	await owner.addressBook.saves(people[0]!, { fullName: 'Renamed' })
	await owner.addressBook.removes(people[1]!)
	for (const number of people)
		await owner.appState.changes({ pin: true }, `${number}@s.whatsapp.net`)
	await owner.appState.changes({ pin: false }, `${people[5]}@s.whatsapp.net`)

	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	owner.scans((await gateway.request('GET', `${MAIN}/qr`)).body.qr)
	await gateway.becomes('main', 'open')
	const ask = async (path: string) => (await gateway.request('GET', `${MAIN}${path}`)).body
	await until('the address book is known', async () => {
		const { contacts } = await ask('/contacts?saved=true')
		const names = contacts.map(({ full_name }: { full_name: string }) => full_name)
		const rest = people.slice(2).map((number) => `Person ${number}`)
		return JSON.stringify(names.sort()) === JSON.stringify([...rest, 'Renamed'].sort())
	})
	await until('the pins are known', async () => {
		const pinned = await Promise.all(
			people.map(async (each) => (await ask(`/chats/${each}`)).pinned),
		)
		return pinned.join() === 'true,true,true,true,true,false'
	})

	const { events } = await ask('/events')
	const told = events.map(({ type }: { type: string }) => type)
	assert.ok(!told.includes('contact.updated') && !told.includes('chat.updated'), told.join())

	const snapshots = sandbox.whatsapp.log
		.list(({ direction }) => direction === 'out')
		.flatMap(({ stanza }) =>
			getBinaryNodeChildren(getBinaryNodeChild(stanza, 'sync'), 'collection'),
		)
		.filter((collection) => getBinaryNodeChild(collection, 'snapshot'))
	const names = new Set(snapshots.map(({ attrs }) => attrs.name))
	assert.deepEqual([...names].sort(), ['critical_unblock_low', 'regular_low'])

	const unpinned = await gateway.request('POST', `${MAIN}/chats/${people[0]}/unpin`)
	assert.equal(unpinned.status, 200, unpinned.text)
	const chats = await owner.chats()
	const stillPinned = chats.filter(({ pinned }) => pinned).map(({ chat }) => chat.split('@')[0])
	assert.deepEqual(stillPinned.sort(), people.slice(1, 5))
})
