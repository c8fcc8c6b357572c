import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../support/media/fixtures.ts'
import { until } from '../../../support/wait.ts'
import { openPeopleWorld } from './support/people-world.ts'

const STATUS = 'status@broadcast'
const NOBODY = '4930000000001'

test('status updates are listed, seen, answered and deleted', async (t) => {
	const world = await openPeopleWorld(t)
	const { ada, owner, sandbox, does, hears, isRefused } = world
	const bora = sandbox.phone('491700000003', { name: 'Bora', addressing: 'lid' })
	const adas = `${ada.account.phone}@s.whatsapp.net`
	const audience = [ada.account.phone]
	const post = async (text: string) =>
		(await does('POST', 'messages/text', { to: STATUS, text, audience })).message_id as string
	const received = async (phone: typeof ada, message: Parameters<typeof ada.posts>[0]) => {
		const id = await phone.posts(message, [owner])
		await hears('status.received', ({ message_id }) => message_id === id)
		return id
	}
	const listed = async (query = '') =>
		(await does('GET', `statuses${query}`)).statuses.map(({ message_id }: any) => message_id)

	assert.deepEqual(await listed(), [])
	const own = await post('sale today')
	const hers = await received(ada, { conversation: 'at the lake' })
	const boras = await received(bora, { conversation: 'on the hill' })

	await t.test('those of the last day are listed, newest first, and filtered', async () => {
		assert.deepEqual(await listed(), [boras, hers, own])
		for (const [query, ids] of [
			['?mine=true', [own]],
			['?mine=false', [boras, hers]],
			[`?from=${ada.account.phone}`, [hers]],
			[`?from=${bora.account.lid}@lid`, [boras]],
			[`?from=${NOBODY}`, []],
			['?limit=2', [boras, hers]],
		] as const)
			assert.deepEqual(await listed(query), ids, query)
		const [{ sender, text, from_me }] = (await does('GET', `statuses?from=${adas}`)).statuses
		assert.deepEqual([sender.id, sender.name, text, from_me], [adas, 'Ada', 'at the lake', false])
	})

	await t.test('files of statuses have a link', async () => {
		const image = { data: (await plain(90, 60).png().toBuffer()).toString('base64') }
		const { message_id } = await does('POST', 'messages/image', { to: STATUS, image, audience })
		const [newest] = (await does('GET', 'statuses?mine=true&limit=1')).statuses
		assert.equal(newest.message_id, message_id)
		assert.match(newest.media.url, /^http:\/\/gateway\.test\//)
	})

	await t.test('viewers of an own status are those whose phones said so', async () => {
		const viewersOf = () => does('GET', `status/${own}/viewers`)
		await until('it has arrived', async () => (await viewersOf()).viewers[0]?.delivered)
		const before = await viewersOf()
		assert.deepEqual(
			[before.total, before.viewers[0].by.id, before.viewers[0].read],
			[1, adas, null],
		)
		ada.reads(await ada.receives('sale today'))
		await until('it was read', async () => (await viewersOf()).viewers[0].read)
		assert.equal((await viewersOf()).total, 1)
	})

	await t.test('the author of a status gets the reaction, and nobody else', async () => {
		for (const [body, emoji] of [
			[{ status_owner: ada.account.phone, message_id: hers, reaction: '👍' }, '👍'],
			[{ message_id: hers, reaction: '' }, ''],
		] as const) {
			const { success, message_id, status } = await does('POST', 'status/react', body)
			assert.deepEqual([success, status], [true, 'sent'])
			const { message } = await ada.receives(({ id }) => id === message_id)
			const { key, text } = message!.reactionMessage!
			assert.deepEqual([text, key?.id, key?.remoteJid, key?.fromMe], [emoji, hers, STATUS, false])
			const author = key?.participant ?? ''
			assert.ok([adas, `${ada.account.lid}@lid`].includes(author), author)
		}
		const unknown = { status_owner: bora.account.phone, message_id: '3EB0FF', reaction: '❤️' }
		const { message_id } = await does('POST', 'status/react', unknown)
		await bora.receives(({ id }) => id === message_id)
		assert.ok(!bora.inbox.entries.some(({ message }) => message?.reactionMessage?.text === '👍'))
		assert.equal((await listed('?mine=true')).length, 2)
	})

	await t.test('an own status is deleted for those who were to see it', async () => {
		const { message_id } = await does('DELETE', `status/${own}`)
		const { message } = await ada.receives(({ id }) => id === message_id)
		assert.equal(message?.protocolMessage?.key?.id, own)
		assert.ok(!(await listed()).includes(own))
		const other = await post('sale tomorrow')
		await does('POST', `status/${other}/delete`, {})
		assert.ok(!(await listed()).includes(other))
	})

	await t.test('one that the phone has posted needs its audience to be deleted', async () => {
		const id = await owner.posts({ conversation: 'from the phone' }, [ada])
		await hears('message.sent', (told) => told.message_id === id)
		assert.ok((await listed('?mine=true')).includes(id))
		await isRefused([['DELETE', `status/${id}`, undefined, 400, 'audience']])
		const { message_id } = await does('POST', `status/${id}/delete`, { audience })
		await ada.receives((received) => received.id === message_id)
	})

	await t.test('what a viewer makes of an own status is told', async () => {
		const id = await post('which?')
		await ada.receives('which?')
		await ada.reacts(id, '🎉')
		const { sender } = await hears('message.reaction', (told) => told.message_id === id)
		assert.equal(sender.id, adas)
	})

	await t.test('what a contact deletes is no longer listed', async () => {
		await ada.deletes(hers)
		await hears('message.deleted', (told) => told.message_id === hers)
		assert.ok(!(await listed()).includes(hers))
	})

	await t.test('what cannot be done is refused', () =>
		isRefused([
			['GET', 'statuses?from=Ann', undefined, 400, 'from'],
			['GET', 'statuses?limit=501', undefined, 400, 'limit'],
			['GET', `status/${boras}/viewers`, undefined, 404, 'message_not_found'],
			['GET', 'status/3EB0FF/viewers', undefined, 404, 'message_not_found'],
			['DELETE', `status/${boras}`, undefined, 404, 'message_not_found'],
			['POST', 'status/react', { message_id: '3EB0FF', reaction: '👍' }, 404, 'status_owner'],
			['POST', 'status/react', { message_id: boras, reaction: 'ok' }, 400, 'reaction'],
			['POST', 'status/react', { reaction: '👍' }, 400, 'message_id'],
		]),
	)
})
