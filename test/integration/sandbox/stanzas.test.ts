import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { proto, WAMessageStubType } from '@whiskeysockets/baileys'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'

const AYSE = '905320000002@s.whatsapp.net'
const SHOP = '491700000001@s.whatsapp.net'
const LIST = '1700000000@broadcast'

describe('a message with an unusual stanza', () => {
	let sandbox: Sandbox
	let control: Control
	let shop: Phone
	let ayse: Phone
	let client: BaileysClient

	before(async () => {
		sandbox = await startSandbox({ servesControl: true })
		control = controlOf(sandbox)
		shop = sandbox.phone('491700000001', { name: 'Shop' })
		ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
		client = await new BaileysClient(sandbox).link(shop)
	})
	after(async () => {
		await client.end()
		await sandbox.close()
	})

	async function send(body: object, status = 201): Promise<string> {
		const answer = await control.post('/phones/905320000002/messages', { to: SHOP, ...body })
		const text = await answer.text()
		assert.equal(answer.status, status, text)
		return status === 201 ? (JSON.parse(text) as { id: string }).id : text
	}
	const stanzaOf = (id: string) =>
		sandbox.whatsapp.log
			.list(({ direction, device, stanza }) => {
				return direction === 'out' && device === 1 && stanza.attrs.id === id
			})
			.find(({ stanza }) => stanza.tag === 'message')!.stanza

	test('comes with the attributes that were asked for, and without those that are null', async () => {
		const attrs = { id: 'OTHER1', t: 1_700_000_000, sender_lid: null, type: 'media' }
		const id = await send({ text: 'with other attributes', stanza: { attrs } })
		assert.equal(id, 'OTHER1')
		const { key, messageTimestamp } = await client.receives('with other attributes')
		assert.equal(key.id, 'OTHER1')
		assert.equal(key.remoteJidAlt, undefined)
		assert.equal(Number(messageTimestamp), 1_700_000_000)
		assert.equal(stanzaOf(id).attrs.type, 'media')
		const received = await shop.receives((entry) => entry.id === 'OTHER1')
		assert.equal(received.timestamp, 1_700_000_000)
	})

	test('comes a second time under the same id, from the LID of the same person', async () => {
		await send({ id: 'TWICE', text: 'by number' })
		await client.receives('by number')
		const attrs = { from: `${ayse.account.lid}@lid`, sender_lid: null, sender_pn: AYSE }
		await send({ id: 'TWICE', text: 'by LID', stanza: { attrs } })
		const { key } = await client.receives('by LID')
		assert.deepEqual([key.id, key.remoteJid], ['TWICE', attrs.from])
	})

	test('comes through a broadcast list of its author, who gets the receipts', async () => {
		const attrs = { from: LIST, participant: AYSE }
		const id = await send({ text: 'to my list', stanza: { attrs } })
		const { key } = await client.receives('to my list')
		assert.deepEqual([key.remoteJid, key.participant], [LIST, AYSE])
		assert.equal((await shop.receives('to my list')).chat, AYSE)
		await client.socket.readMessages([key])
		await until('the read receipt', () =>
			ayse.receipts.find((receipt) => receipt.id === id && receipt.type === 'read'),
		)
	})

	test('that cannot be decrypted is sent again with the same attributes', async () => {
		sandbox.whatsapp.faults.garbleMessagesTo(shop.account.phone, 2) // its phone and its client
		const attrs = { from: LIST, participant: AYSE, t: 1_700_000_001 }
		const id = await send({ text: 'twice to my list', stanza: { attrs } })
		const { key, messageTimestamp } = await until('the message', () =>
			client.messages.find(({ key, message }) => key.id === id && message),
		)
		assert.equal(key.remoteJid, LIST)
		assert.equal(Number(messageTimestamp), 1_700_000_001)
		await shop.receives('twice to my list')
	})

	const placeholder = (id: string) =>
		until('the placeholder', () =>
			client.messages.find(({ key, message }) => key.id === id && !message),
		)

	test('without content is asked for by the client, and the phone gives it unless it is for one view', async () => {
		const unavailable = { tag: 'unavailable', attrs: { type: 'view_once' } }
		const once = await send({
			message: { viewOnceMessage: { message: { imageMessage: { caption: 'once' } } } },
			stanza: { enc: false, children: [unavailable] },
		})
		const { key: withheld } = await placeholder(once)
		assert.equal(withheld.isViewOnce, true)
		assert.deepEqual(stanzaOf(once).content, [{ ...unavailable, content: undefined }])
		await shop.receives((entry) => entry.id === once && entry.message !== null)
		await client.socket.requestPlaceholderResend(withheld)

		const id = await send({ text: 'from an ad', stanza: { enc: false } })
		assert.equal((await placeholder(id)).messageStubType, WAMessageStubType.CIPHERTEXT)
		assert.deepEqual(stanzaOf(id).content, [])
		const { key, pushName } = await client.receives('from an ad')
		assert.deepEqual([key.id, key.remoteJid, pushName], [id, AYSE, 'Ayşe'])
		// It was asked for after the other one.
		assert.equal(client.messages.filter((message) => message.key.id === once).length, 1)
	})

	test('may have further nodes, which may have nodes or text of their own', async () => {
		const inner = { tag: 'inner', content: 'text' }
		const id = await send({
			text: 'with nodes',
			stanza: { children: [{ tag: 'outer', attrs: { v: 2 }, content: [inner] }] },
		})
		await client.receives('with nodes')
		const content = stanzaOf(id).content as proto.IMessage[]
		assert.deepEqual(content.at(-1), {
			tag: 'outer',
			attrs: { v: '2' },
			content: [{ tag: 'inner', attrs: {}, content: Buffer.from('text') }],
		})
	})

	for (const [what, stanza] of [
		['an unknown field', { attributes: {} }],
		['an unknown field of a node', { children: [{ tag: 'a', attributes: {} }] }],
		['an attribute that is no text', { attrs: { t: {} } }],
		['a content that is neither text nor nodes', { children: [{ tag: 'a', content: 7 }] }],
	] as const)
		test(`is refused with ${what}`, async () => {
			assert.match(await send({ text: 'x', stanza }, 400), /stanza/)
		})
	test('is refused where a field is misspelt', async () => {
		assert.match(await send({ text: 'x', stanzas: {} }, 400), /stanzas/)
	})
})
