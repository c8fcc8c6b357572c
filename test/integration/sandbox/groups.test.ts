import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'

let sandbox: Sandbox
let shop: Phone
let ayse: Phone
let bora: Phone
let client: BaileysClient
let group: string

before(async () => {
	sandbox = await startSandbox()
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	bora = sandbox.phone('905320000003', { name: 'Bora' })
	group = ayse.createsGroup('Tea', [shop, bora])
	client = await new BaileysClient(sandbox).link(shop)
})
after(async () => {
	await client.end()
	await sandbox.close()
})

test('the client gets the members of a group', async () => {
	const { subject, participants } = await client.socket.groupMetadata(group)
	assert.equal(subject, 'Tea')
	assert.deepEqual(
		participants.map(({ id, phoneNumber, admin }) => [id, phoneNumber, admin]),
		[shop, bora, ayse].map(({ account: { lid, phone } }) => [
			`${lid}@lid`,
			`${phone}@s.whatsapp.net`,
			phone === ayse.account.phone ? 'superadmin' : null,
		]),
	)
})

test('a message to a group is read by all members and the own phone', async () => {
	await client.says(group, 'tea is ready')
	const received = await Promise.all(
		[ayse, bora, shop].map((phone) => phone.receives('tea is ready')),
	)
	assert.deepEqual(
		received.map(({ chat, from }) => [chat, from]),
		received.map(() => [group, `${shop.account.lid}:1@lid`]),
	)
	await client.says(group, 'really')
	await bora.receives('really')
})

test('a message of a member reaches the client, with the member, and the other phones', async () => {
	await bora.says('coming', { to: group })
	const { key } = await client.receives('coming')
	assert.equal(key.remoteJid, group)
	assert.equal(key.participant, `${bora.account.lid}@lid`)
	assert.equal(key.participantAlt, '905320000003@s.whatsapp.net')
	await Promise.all([ayse.receives('coming'), shop.receives('coming')])
	await bora.says('soon', { to: group })
	await client.receives('soon')
})

test('a device that cannot decrypt a group message requests it again, both ways', async () => {
	sandbox.whatsapp.faults.garbleMessagesTo(bora.account.phone)
	await client.says(group, 'garbled for Bora')
	await bora.receives('garbled for Bora')
	sandbox.whatsapp.faults.garbleMessagesTo(shop.account.phone, 2)
	await ayse.says('garbled for the shop', { to: group })
	await client.receives('garbled for the shop')
	await ayse.says('and on', { to: group })
	await client.receives('and on')
})

test('a read receipt of a member reaches the sender', async () => {
	const id = await client.says(group, 'read me')
	ayse.reads(await ayse.receives('read me'))
	await until('the receipt of Ayşe', () =>
		sandbox.whatsapp.log
			.list(({ direction, device }) => direction === 'out' && device === 1)
			.some(
				({ stanza: { tag, attrs } }) =>
					tag === 'receipt' &&
					attrs.id === id &&
					attrs.type === 'read' &&
					attrs.participant === `${ayse.account.lid}@lid`,
			),
	)
})
