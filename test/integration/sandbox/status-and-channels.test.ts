import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { textOf } from '../../../gateway/src/sandbox/phone/inbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { controlOf, type Control } from './support/control.ts'

const STATUS = 'status@broadcast'
const AYSE = '905320000002@s.whatsapp.net'

let sandbox: Sandbox
let control: Control
let shop: Phone
let ayse: Phone
let bora: Phone
let client: BaileysClient

before(async () => {
	sandbox = await startSandbox({ servesControl: true })
	control = controlOf(sandbox)
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	bora = sandbox.phone('905320000003', { name: 'Bora' })
	client = await new BaileysClient(sandbox).link(shop)
})
after(async () => {
	await client.end()
	await sandbox.close()
})

const post = async (path: string, body: object) => {
	const answer = await control.post(path, body)
	assert.ok(answer.ok, await answer.clone().text())
	return answer.json() as Promise<any>
}
const saying = (text: string) => (entry: { message: any }) => textOf(entry.message) === text

test('a status reaches its audience only', async () => {
	for (const text of ['sale today', 'sale tomorrow'])
		await client.socket.sendMessage(STATUS, { text }, { statusJidList: [AYSE] })
	await ayse.receives(saying('sale today'))
	const { chat, from } = await ayse.receives(saying('sale tomorrow'))
	assert.deepEqual([chat, from], [STATUS, '491700000001:1@s.whatsapp.net'])
	assert.equal(bora.inbox.entries.length, 0)
})

test('the author of a status learns who has seen it', async () => {
	const text = 'seen?'
	const { key } = (await client.socket.sendMessage(STATUS, { text }, { statusJidList: [AYSE] }))!
	ayse.reads(await ayse.receives(saying(text)))
	await sandbox.whatsapp.log.waitFor(
		({ direction, stanza: { tag, attrs } }) =>
			direction === 'out' &&
			tag === 'receipt' &&
			attrs.id === key.id &&
			attrs.type === 'read' &&
			attrs.participant === AYSE,
	)
})

test("a person's status reaches the client", async () => {
	await post('/phones/905320000002/messages', {
		to: STATUS,
		text: 'at the sea',
		audience: ['491700000001'],
	})
	const { key } = await client.receives('at the sea')
	assert.deepEqual([key.remoteJid, key.participant], [STATUS, AYSE])
})

test('what Baileys publishes in its channel is numbered, kept and read by the followers', async () => {
	const { id } = await post('/channels', {
		name: 'Shop news',
		owner: '491700000001',
		followers: ['905320000002'],
	})
	const sent = await client.socket.sendMessage(id, { text: 'new tea' })
	const ack = await sandbox.whatsapp.log.waitFor(
		({ direction, stanza: { tag, attrs } }) =>
			direction === 'out' && tag === 'ack' && attrs.id === sent!.key.id,
	)
	const { messages } = await control.get(`/channels/${id}/messages`)
	assert.equal(messages.length, 1)
	assert.equal(messages[0].text, 'new tea')
	assert.equal(String(messages[0].server_id), ack.stanza.attrs.server_id)
	assert.equal((await ayse.receives(saying('new tea'))).chat, id)
	await client.socket.newsletterReactMessage(id, ack.stanza.attrs.server_id!, '🍵')
	const [{ reactions }] = (await control.get(`/channels/${id}/messages`)).messages
	assert.deepEqual(reactions, { '491700000001': '🍵' })
})

test('Baileys makes a channel, describes it, and follows those of others', async () => {
	const { id, name } = await client.socket.newsletterCreate('Made by a client', 'About it')
	assert.equal(name, 'Made by a client')
	await client.socket.newsletterUpdateName(id, 'Renamed')
	const own = (await client.socket.newsletterMetadata('jid', id)) as any
	assert.deepEqual([own.thread_metadata.name.text, own.viewer_metadata.role], ['Renamed', 'OWNER'])

	const other = await post('/channels', { name: 'Ayşe', owner: '905320000002' })
	await client.socket.newsletterFollow(other.id)
	await ayse.says('for my followers', { to: other.id })
	const { key } = await client.receives('for my followers')
	assert.equal(key.remoteJid, other.id)
	await client.socket.newsletterUnfollow(other.id)
	assert.deepEqual((await control.get(`/channels/${other.id}`)).followers, ['905320000002'])

	const refused = await client.socket.sendMessage(other.id, { text: 'not mine' })
	await sandbox.whatsapp.log.waitFor(
		({ stanza: { tag, attrs } }) =>
			tag === 'ack' && attrs.id === refused!.key.id && attrs.error === '403',
	)
})
