import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'

let sandbox: Sandbox
let shop: Phone
let client: BaileysClient

beforeEach(async () => {
	sandbox = await startSandbox()
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	client = new BaileysClient(sandbox)
})
afterEach(async () => {
	await client.end()
	await sandbox.close()
})

const closeCode = async (of: BaileysClient) => {
	const { lastDisconnect } = await of.until(({ connection }) => connection === 'close')
	return (lastDisconnect?.error as unknown as { output: { statusCode: number } }).output.statusCode
}

test('a pairing code links the client whose number it was asked for', async () => {
	await client.connect().qr()
	const code = await client.socket.requestPairingCode(shop.account.phone)
	const open = client.isOpen()
	await shop.entersCode(code)
	await open
	assert.equal(client.auth.creds.registered, true)
	assert.match(client.socket.user!.id, /^491700000001:1@/)
})

test('a wrong pairing code links nothing and says so', async () => {
	await client.connect().qr()
	await client.socket.requestPairingCode(shop.account.phone)
	await assert.rejects(shop.entersCode('AAAABBBB'), /Wrong pairing code/)
	assert.equal(shop.account.devices.length, 1)
})

test('a QR that is no longer shown cannot be scanned', async () => {
	const qr = await client.connect().qr()
	await client.end()
	await until('the client is gone', () => sandbox.whatsapp.registrations.size === 0)
	assert.throws(() => shop.scans(qr), /no longer shown/)
})

test('one account can have several linked devices, and each gets what the others send', async () => {
	await client.link(shop)
	const second = new BaileysClient(sandbox)
	await second.link(shop)
	const ayse = sandbox.phone('905320000002')
	await ayse.says('to both', { to: shop })
	await Promise.all([client.receives('to both'), second.receives('to both')])
	await second.says('905320000002@s.whatsapp.net', 'from the second')
	const copy = await client.receives('from the second')
	assert.equal(copy.key.fromMe, true)
	assert.equal(copy.key.remoteJid, '905320000002@s.whatsapp.net')
	await second.end()
})

test('a device that the phone removes is logged out with 401, and stays so', async () => {
	await client.link(shop)
	const closed = closeCode(client)
	shop.unlinks()
	assert.equal(await closed, 401)
	const refused = closeCode(client)
	client.connect()
	assert.equal(await refused, 401)
})

test('a second connection of the same device replaces the first (440)', async () => {
	await client.link(shop)
	const replaced = closeCode(client)
	const twin = new BaileysClient(sandbox)
	Object.assign(twin.auth, client.auth)
	const open = twin.connect().isOpen()
	assert.equal(await replaced, 440)
	await open
	await twin.end()
})

test('logging out from the client removes its device', async () => {
	await client.link(shop)
	const closed = closeCode(client)
	await client.socket.logout()
	await closed
	assert.deepEqual(
		shop.account.devices.map(({ id }) => id),
		[0],
	)
})
