import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'

let sandbox: Sandbox
let shop: Phone
let ayse: Phone
let client: BaileysClient

before(async () => {
	sandbox = await startSandbox()
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	client = new BaileysClient(sandbox)
})
after(async () => {
	await client.end()
	await sandbox.close()
})

test('a scanned QR links the client to the account of the phone that scanned it', async () => {
	await client.link(shop)
	assert.match(client.socket.user!.id, /^491700000001:1@s\.whatsapp\.net$/)
	assert.equal(shop.account.devices.length, 2)
})

test('a text reaches the phone, which decrypts exactly that text', async () => {
	await client.says('905320000002@s.whatsapp.net', 'hello Ayşe')
	const received = await ayse.receives('hello Ayşe')
	assert.equal(received.from, '491700000001:1@s.whatsapp.net')
	assert.equal(received.copies, 1)
})

test("the account's own phone gets a copy of what the client sends", async () => {
	const copy = await shop.receives('hello Ayşe')
	assert.equal(copy.fromMe, true)
	assert.equal(copy.chat, '905320000002@s.whatsapp.net')
})

test('a text from the phone reaches the client with the name and the LID of its sender', async () => {
	await ayse.says('merhaba', { to: shop })
	const message = await client.receives('merhaba')
	assert.equal(message.key.remoteJid, '905320000002@s.whatsapp.net')
	assert.equal(message.key.remoteJidAlt, `${ayse.account.lid}@lid`)
	assert.equal(message.pushName, 'Ayşe')
})
