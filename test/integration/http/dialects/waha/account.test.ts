import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { plain } from '../../../../support/media/fixtures.ts'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'

test('WAHA: statuses', async (t) => {
	const { ask, budi, sari, decrypted } = await openWaha(t)
	const post = (kind: string, body: object) => ask('POST', `/api/main/status/${kind}`, body)

	await t.test('a text goes to those who are named, and to nobody else', async () => {
		const sent = await post('text', { text: 'A status', contacts: [BUDI], font: 1 })
		assert.equal(sent.status, 201)
		assert.equal(sent.body.key.remoteJid, 'status@broadcast')
		const { message } = await decrypted(sent.body.key.id)
		assert.equal(message?.extendedTextMessage?.text, 'A status')
		assert.ok(!sari.inbox.entries.some(({ id }) => id === sent.body.key.id))
		const gone = await post('delete', { id: sent.body.id, contacts: [BUDI] })
		assert.equal(gone.status, 201)
		const revoked = await decrypted(gone.body.key.id)
		assert.equal(revoked.message?.protocolMessage?.key?.id, sent.body.key.id)
	})

	await t.test('an image has its caption, and an id that was made before', async () => {
		const { body } = await ask('GET', '/api/main/status/new-message-id')
		const data = (await plain(16, 16).png().toBuffer()).toString('base64')
		const file = { mimetype: 'image/png', data }
		const sent = await post('image', { id: body.id, file, caption: 'Look', contacts: [BUDI] })
		assert.equal(sent.body.key.id, body.id)
		const { message } = await decrypted(body.id)
		assert.equal(message?.imageMessage?.caption, 'Look')
	})

	await t.test('what is wrong is said before anything is sent', async () => {
		const before = budi.inbox.entries.length
		for (const [kind, body] of [
			['text', {}],
			['text', { text: 'x', backgroundColor: 'green' }],
			['image', { caption: 'no file' }],
			['delete', {}],
		] as const)
			assert.equal((await post(kind, body)).status, 400, kind)
		assert.equal((await post('delete', { id: '3EB0FFFFFFFFFFFFFFFF' })).status, 404)
		assert.equal(budi.inbox.entries.length, before)
	})
})

test('WAHA: profile, presence, calls, events and channels', async (t) => {
	const { ask, owner, budi, decrypted } = await openWaha(t)

	await t.test('the profile is set and shown', async () => {
		const put = (path: string, body: object) => ask('PUT', `/api/main/profile/${path}`, body)
		assert.deepEqual((await put('name', { name: 'The Shop' })).body, { success: true })
		assert.deepEqual((await put('status', { status: 'Open' })).body, { success: true })
		const data = (await plain(64, 64).png().toBuffer()).toString('base64')
		assert.equal((await ask('GET', '/api/main/profile')).body.picture, null)
		assert.deepEqual((await put('picture', { file: { data } })).body, { success: true })
		assert.deepEqual([owner.account.name, owner.account.about?.text], ['The Shop', 'Open'])
		const { body } = await ask('GET', '/api/main/profile')
		assert.partialDeepStrictEqual(body, { id: `${owner.account.phone}@c.us`, name: 'The Shop' })
		assert.match(body.picture, /^https?:/)
		assert.deepEqual((await ask('DELETE', '/api/main/profile/picture')).body, { success: true })
		assert.equal(owner.account.picture, undefined)
		assert.equal((await ask('GET', '/api/main/profile')).body.picture, null)
	})

	await t.test('typing is shown in a chat, and presence of others is read', async () => {
		const shown = once(budi.events, 'typing')
		const typing = await ask('POST', '/api/main/presence', { chatId: BUDI, presence: 'recording' })
		assert.deepEqual([typing.status, typing.text], [201, ''])
		assert.equal((await shown)[0].state, 'recording')
		for (const body of [{ presence: 'typing' }, { presence: 'online', chatId: BUDI }]) {
			const refused = await ask('POST', '/api/main/presence', body)
			assert.equal(refused.status, 400)
			assert.match(refused.body.detail, /chatId/)
		}
		const { body } = await ask('GET', `/api/main/presence/${BUDI}`)
		assert.equal(body.id, BUDI)
		const { body: all } = await ask('GET', '/api/main/presence')
		assert.deepEqual(
			all.map(({ id }: any) => id),
			[BUDI],
		)
	})

	await t.test('a call that does not ring is not rejected', async () => {
		const { status } = await ask('POST', '/api/main/calls/reject', { from: BUDI, id: 'CALL' })
		assert.equal(status, 404)
	})

	await t.test('an event with a date arrives', async () => {
		const event = { name: 'Lunch', startTime: 1_900_000_000, extraGuestsAllowed: true }
		const sent = await ask('POST', '/api/main/events', { chatId: BUDI, event })
		assert.equal(sent.status, 201)
		const { message } = await decrypted(sent.body.key.id)
		assert.equal(message?.eventMessage?.name, 'Lunch')
		const placed = { ...event, location: { name: 'Here' } }
		const there = await ask('POST', '/api/main/events', { chatId: BUDI, event: placed })
		assert.equal(there.status, 201, there.text)
		const { message: shown } = await decrypted(there.body.key.id)
		assert.equal(shown?.eventMessage?.location?.name, 'Here')
	})

	await t.test('a channel is created, written to, read and deleted', async () => {
		const made = await ask('POST', '/api/main/channels', { name: 'News', description: 'Of us' })
		assert.equal(made.status, 201)
		assert.partialDeepStrictEqual(made.body, { name: 'News', role: 'OWNER', verified: false })
		const { id } = made.body
		const said = await ask('POST', '/api/sendText', { session: 'main', chatId: id, text: 'First' })
		assert.equal(said.status, 201)
		const { body: posts } = await ask('GET', `/api/main/channels/${id}/messages/preview?limit=5`)
		assert.equal(posts[0].message.body, 'First')
		assert.equal((await ask('GET', `/api/main/channels/${id}`)).body.name, 'News')
		const { body: own } = await ask('GET', '/api/main/channels?role=OWNER')
		assert.deepEqual(
			own.map((channel: any) => channel.id),
			[id],
		)
		assert.equal((await ask('GET', '/api/main/channels/search/views')).status, 501)
		const gone = await ask('DELETE', `/api/main/channels/${id}`)
		assert.deepEqual([gone.status, gone.text], [200, ''])
	})
})
