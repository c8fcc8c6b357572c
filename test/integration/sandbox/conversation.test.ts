import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'

const AYSE = '905320000002@s.whatsapp.net'

let dataDir: string
let sandbox: Sandbox
let shop: Phone
let ayse: Phone
let client: BaileysClient

before(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'))
	sandbox = await startSandbox({ dataDir })
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	client = await new BaileysClient(sandbox).link(shop)
})
after(async () => {
	await client.end()
	await sandbox.close()
	await rm(dataDir, { recursive: true })
})

const receiptOf = (id: string, type: string) =>
	until(`${type} receipt of ${id}`, () =>
		ayse.receipts.find((receipt) => receipt.id === id && receipt.type === type),
	)

test('both sides can write first, and hundreds of turns decrypt', async () => {
	await Promise.all([client.says(AYSE, 'crossing 1'), ayse.says('crossing 2', { to: shop })])
	await Promise.all([ayse.receives('crossing 1'), client.receives('crossing 2')])
	for (let turn = 0; turn < 100; turn++) {
		await Promise.all([client.says(AYSE, `out ${turn}`), ayse.says(`in ${turn}`, { to: shop })])
	}
	await Promise.all([ayse.receives('out 99'), client.receives('in 99')])
	assert.deepEqual(
		ayse.inbox.entries.filter(({ error }) => error),
		[],
	)
	assert.equal(client.messages.filter(({ message }) => !message).length, 0)
})

test('the server acknowledges a message, and the phone reports delivery and reading', async () => {
	const id = await client.says(AYSE, 'ticks')
	await sandbox.whatsapp.log.waitFor(
		({ direction, stanza: { tag, attrs } }) =>
			direction === 'out' && tag === 'ack' && attrs.class === 'message' && attrs.id === id,
	)
	ayse.reads(await ayse.receives('ticks'))
	await until('the read status', () => client.statusOf(id) === 4)
})

test('the phone sees that its message was delivered and read', async () => {
	const id = await ayse.says('blue ticks?', { to: shop })
	const { key } = await client.receives('blue ticks?')
	await receiptOf(id, 'delivered')
	await client.socket.readMessages([key])
	await receiptOf(id, 'read')
})

test('a phone requests a message again that it cannot decrypt, and then reads it', async () => {
	sandbox.whatsapp.faults.garbleMessagesTo(ayse.account.phone)
	const id = await client.says(AYSE, 'healed at the phone')
	await ayse.receives('healed at the phone')
	const retries = sandbox.whatsapp.log.list(
		({ stanza: { tag, attrs } }) => tag === 'receipt' && attrs.id === id && attrs.type === 'retry',
	)
	assert.equal(retries.length, 1)
})

test('the phone sends a message again that the client cannot decrypt', async () => {
	sandbox.whatsapp.faults.garbleMessagesTo(shop.account.phone, 2) // its phone and its client
	await ayse.says('healed at the client', { to: shop })
	await client.receives('healed at the client')
	await shop.receives('healed at the client')
})

test('typing and recording are seen on both sides', async () => {
	const seen = new Promise<{ from: string; state: string }>((resolve) =>
		ayse.events.once('typing', resolve),
	)
	await client.socket.sendPresenceUpdate('recording', AYSE)
	assert.deepEqual(await seen, { from: '491700000001@s.whatsapp.net', state: 'recording' })

	const update = new Promise<string | undefined>((resolve) =>
		client.socket.ev.on('presence.update', ({ id, presences }) => {
			if (id === AYSE) resolve(presences[AYSE]?.lastKnownPresence)
		}),
	)
	ayse.types(shop)
	assert.equal(await update, 'composing')
})

test('a subscriber is notified when a person comes online', async () => {
	const online = new Promise<void>((resolve) =>
		client.socket.ev.on('presence.update', ({ presences }) => {
			if (presences[AYSE]?.lastKnownPresence === 'available') resolve()
		}),
	)
	await client.socket.presenceSubscribe(AYSE)
	ayse.appears('available')
	await online
})

test('only numbers with a phone are on WhatsApp', async () => {
	const found = await client.socket.onWhatsApp('905320000002', '4915112345678')
	assert.deepEqual(found, [{ jid: AYSE, exists: true }])
})

test('a person with a LID is addressed and seen by it', async () => {
	const hidden = sandbox.phone('12025550100', { name: 'Hidden', addressing: 'lid' })
	await hidden.says('from a LID', { to: shop })
	const { key } = await client.receives('from a LID')
	assert.equal(key.remoteJid, `${hidden.account.lid}@lid`)
	assert.equal(key.remoteJidAlt, '12025550100@s.whatsapp.net')
	await client.says(`${hidden.account.lid}@lid`, 'to a LID')
	await hidden.receives('to a LID')
})

test('one-time keys are given out once, and the client uploads new ones before they run out', async () => {
	const device = shop.account.devices.find(({ id }) => id === 1)!
	device.bundle!.oneTime.splice(0, device.bundle!.oneTime.length - 6)
	const given = new Set<number>()
	for (let number = 0; number < 4; number++) {
		const stranger = sandbox.phone(`4915100000${number}`)
		given.add(device.bundle!.oneTime[0]!.id)
		await stranger.says(`stranger ${number}`, { to: shop })
		await client.receives(`stranger ${number}`)
	}
	assert.equal(given.size, 4)
	await until('new pre-keys', () => device.bundle!.oneTime.length >= 5)
})

test('a refused message is acknowledged with its error and not delivered', async () => {
	sandbox.whatsapp.faults.refuseMessages(shop.account.phone, 463)
	const id = await client.says(AYSE, 'refused')
	const refused = await sandbox.whatsapp.log.waitFor(
		({ stanza: { tag, attrs } }) => tag === 'ack' && attrs.id === id,
	)
	assert.equal(refused.stanza.attrs.error, '463')
	await client.says(AYSE, 'not refused')
	await ayse.receives('not refused')
	assert.equal(
		ayse.inbox.entries.some((entry) => entry.id === id),
		false,
	)
})

test('messages sent while the client is away arrive when it is back, in order', async () => {
	const closed = client.until(({ connection }) => connection === 'close')
	sandbox.whatsapp.drops(shop.account)
	await closed
	for (let number = 0; number < 5; number++) await ayse.says(`away ${number}`, { to: shop })
	const open = client.connect().isOpen()
	await client.receives('away 4')
	await open
	const texts = client.messages.map(({ message }) => message?.conversation ?? '')
	assert.deepEqual(
		texts.filter((text) => text.startsWith('away')),
		[0, 1, 2, 3, 4].map((number) => `away ${number}`),
	)
})

test('a restarted sandbox knows its people, their sessions and what still waits', async () => {
	const closed = client.until(({ connection }) => connection === 'close')
	sandbox.whatsapp.drops(shop.account)
	await closed
	await ayse.says('kept over a restart', { to: shop })
	await sandbox.close()
	sandbox = await startSandbox({ dataDir })
	shop = sandbox.phone('491700000001')
	ayse = sandbox.phone('905320000002')
	const again = new BaileysClient(sandbox)
	Object.assign(again.auth, client.auth)
	client = again
	const open = client.connect().isOpen()
	await client.receives('kept over a restart')
	await open
	await client.says(AYSE, 'after the restart')
	await ayse.receives('after the restart')
})
