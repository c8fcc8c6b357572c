import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'

const { Type } = proto.Message.ProtocolMessage
const [SHOP, AYSE, CARL] = ['491700000001', '905320000002', '4915112340001']
const AYSE_JID = `${AYSE}@s.whatsapp.net`
const minutesAgo = (minutes: number) => Math.floor(Date.now() / 1000) - 60 * minutes

describe('what is not allowed', () => {
	let sandbox: Sandbox
	let control: Control
	let shop: Phone
	let ayse: Phone
	let carl: Phone
	let client: BaileysClient
	let group: string

	before(async () => {
		sandbox = await startSandbox({ servesControl: true })
		control = controlOf(sandbox)
		shop = sandbox.phone(SHOP, { name: 'Shop' })
		ayse = sandbox.phone(AYSE, { name: 'Ayşe' })
		carl = sandbox.phone(CARL, { name: 'Carl' })
		group = ayse.createsGroup('Tea', [shop, carl])
		client = await new BaileysClient(sandbox).link(shop)
	})
	after(async () => {
		await client.end()
		await sandbox.close()
	})

	const ackOf = async (id: string) =>
		(
			await sandbox.whatsapp.log.waitFor(
				({ direction, stanza: { tag, attrs } }) =>
					direction === 'out' && tag === 'ack' && attrs.class === 'message' && attrs.id === id,
			)
		).stanza.attrs
	const acts = async (number: string, verb: string, body: object, status: number) => {
		const answer = await control.post(`/phones/${number}/${verb}`, body)
		const text = await answer.text()
		assert.equal(answer.status, status, text)
		return JSON.parse(text)
	}
	/** The client deletes or edits a message as if it was its own, or with another key. */
	async function forges(protocolMessage: object, to: string, attributes = {}): Promise<string> {
		const content = proto.Message.fromObject({ protocolMessage })
		return client.socket.relayMessage(to, content, { additionalAttributes: attributes })
	}

	test("a member cannot delete a message of somebody else's in a group", async () => {
		const id = await ayse.says('mine', { to: group })
		const { key } = await client.receives('mine')
		const sent = await client.socket.sendMessage(group, { delete: key })
		assert.equal((await ackOf(sent!.key.id!)).error, '403')
		await carl.receives('mine')
		const { detail } = await acts(CARL, 'delete', { id }, 409)
		assert.match(detail, /author and admins/)
	})

	test('an admin can, and an author too', async () => {
		const id = await client.says(group, 'of the shop')
		await ayse.receives('of the shop')
		await ayse.deletes(id)
		const own = await client.says(group, 'another one')
		const sent = await client.socket.sendMessage(group, {
			delete: { remoteJid: group, fromMe: true, id: own },
		})
		assert.equal((await ackOf(sent!.key.id!)).error, undefined)
		const deletion = await ayse.receives((entry) => entry.id === sent!.key.id)
		assert.equal(deletion.refused, undefined)
	})

	test('a deletion that only pretends is not followed by phones', async () => {
		const id = await ayse.says('still mine', { to: group })
		await client.receives('still mine')
		const key = { remoteJid: group, fromMe: true, id }
		const forged = await forges({ key, type: Type.REVOKE }, group, { edit: '7' })
		const { refused } = await ayse.receives((entry) => entry.id === forged)
		assert.match(refused!, /author and admins/)
	})

	test('an edit of what somebody else has written is not followed by phones, nor made by them', async () => {
		const id = await ayse.says('my words', { to: shop })
		await client.receives('my words')
		const key = { remoteJid: AYSE_JID, fromMe: true, id }
		const editedMessage = { conversation: 'forged' }
		const forged = await forges({ key, type: Type.MESSAGE_EDIT, editedMessage }, AYSE_JID)
		const { refused } = await ayse.receives((entry) => entry.id === forged)
		assert.match(refused!, /only their own/)
		await acts(SHOP, 'edit', { id, text: 'forged' }, 409)
	})

	for (const { minutes, isLate } of [
		{ minutes: 10, isLate: false },
		{ minutes: 30, isLate: true },
	])
		test(`an edit after ${minutes} minutes is ${isLate ? 'not ' : ''}followed`, async () => {
			const id = await client.says(AYSE_JID, `from ${minutes} minutes ago`)
			const original = await ayse.receives(`from ${minutes} minutes ago`)
			original.timestamp = minutesAgo(minutes)
			const key = { remoteJid: AYSE_JID, fromMe: true, id }
			const sent = await client.socket.sendMessage(AYSE_JID, { text: 'now', edit: key })
			const { refused } = await ayse.receives((entry) => entry.id === sent!.key.id)
			assert.equal(refused !== undefined, isLate, refused)
		})

	test('a phone edits its message for a quarter of an hour', async () => {
		const { id } = await acts(AYSE, 'messages', { to: SHOP, text: 'long ago' }, 201)
		await acts(AYSE, 'edit', { id, text: 'just now' }, 201)
		// The phone's own memory, as it is a quarter of an hour later.
		const { sent } = (
			ayse as unknown as { context: { state: { sent: Record<string, { at: number }> } } }
		).context.state
		sent[id]!.at = minutesAgo(16)
		const { detail } = await acts(AYSE, 'edit', { id, text: 'too late' }, 409)
		assert.match(detail, /15 minutes/)
	})
})

test('a message that is asked for again can come late and with another time', async () => {
	const sandbox = await startSandbox({ servesControl: true })
	const shop = sandbox.phone(SHOP)
	const client = await new BaileysClient(sandbox).link(shop)
	try {
		const ayse = sandbox.phone(AYSE)
		// The phone's first messages to its new device are not to be the garbled ones.
		await until('the history', () =>
			client.messages.some(({ message }) => message?.protocolMessage?.historySyncNotification),
		)
		const late = { type: 'late_retry', account: SHOP, seconds: 0.3, t: 1_700_000_000 }
		assert.equal((await controlOf(sandbox).post('/faults', late)).status, 200)
		sandbox.whatsapp.faults.garbleMessagesTo(SHOP, 2)
		const id = await ayse.says('late', { to: shop })
		await ayse.says('meanwhile', { to: shop })
		const { key, messageTimestamp } = await client.receives('late')
		assert.deepEqual([key.id, Number(messageTimestamp)], [id, 1_700_000_000])
		const told = () =>
			client.messages.map(({ message }) => message?.conversation).filter((text) => text)
		await until('both', () => told().length >= 2)
		assert.deepEqual(told(), ['meanwhile', 'late'])
	} finally {
		await client.end()
		await sandbox.close()
	}
})
