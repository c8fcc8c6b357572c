import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { proto, type WAMessage } from '@whiskeysockets/baileys'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'

const AYSE = '905320000002'
const CARL = '4915112340001'
const SHOP = '491700000001'
const [AYSE_JID, SHOP_JID] = [`${AYSE}@s.whatsapp.net`, `${SHOP}@s.whatsapp.net`]

const { AssociationType } = proto.MessageAssociation
const { PairedMediaType } = proto.ContextInfo
const fileOf = (text: string, mimetype: string) => ({
	data: Buffer.from(text).toString('base64'),
	mimetype,
})
const jpeg = (text: string) => fileOf(text, 'image/jpeg')
const mp4 = (text: string) => fileOf(text, 'video/mp4')

describe('a person', () => {
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
		group = ayse.createsGroup('Tea', [shop])
		client = await new BaileysClient(sandbox).link(shop)
	})
	after(async () => {
		await client.end()
		await sandbox.close()
	})

	async function post(path: string, body: object, status = 201): Promise<any> {
		const answer = await control.post(path, body)
		const text = await answer.text()
		assert.equal(answer.status, status, text)
		return JSON.parse(text)
	}
	const does = (verb: string, body: object, status?: number) =>
		post(`/phones/${AYSE}/${verb}`, body, status)
	const arrives = (id: string): Promise<WAMessage> =>
		until(`message ${id}`, () =>
			client.messages.find(({ key, message }) => key.id === id && message),
		)

	for (const [where, to] of [
		['a chat', () => SHOP_JID],
		['a group', () => group],
	] as const)
		test(`sends an album to ${where}, whose files name it`, async () => {
			const items = [{ image: jpeg('one'), caption: 'first' }, { video: mp4('two') }]
			const { id, items: ids } = await does('album', { to: to(), items })
			const { albumMessage } = (await arrives(id)).message!
			assert.deepEqual([albumMessage!.expectedImageCount, albumMessage!.expectedVideoCount], [1, 1])
			for (const each of ids) {
				const { messageContextInfo } = (await arrives(each)).message!
				const { associationType, parentMessageKey } = messageContextInfo!.messageAssociation!
				assert.equal(associationType, AssociationType.MEDIA_ALBUM)
				assert.equal(parentMessageKey!.id, id)
				assert.equal(messageContextInfo!.messageSecret!.length, 32)
			}
			assert.equal((await arrives(ids[0])).message!.imageMessage!.caption, 'first')
			const received = await shop.receives((entry) => entry.id === ids[1])
			assert.equal(received.media?.size, 3)
		})

	for (const [kind, first, second, types, association, paired] of [
		[
			'hd_image',
			jpeg('small'),
			jpeg('large'),
			['imageMessage', 'imageMessage'],
			AssociationType.HD_IMAGE_DUAL_UPLOAD,
			[PairedMediaType.SD_IMAGE_PARENT, PairedMediaType.HD_IMAGE_CHILD],
		],
		[
			'hd_video',
			mp4('small'),
			mp4('large'),
			['videoMessage', 'videoMessage'],
			AssociationType.HD_VIDEO_DUAL_UPLOAD,
			[PairedMediaType.SD_VIDEO_PARENT, PairedMediaType.HD_VIDEO_CHILD],
		],
		[
			'hevc_video',
			mp4('avc'),
			mp4('hevc'),
			['videoMessage', 'videoMessage'],
			AssociationType.HEVC_VIDEO_DUAL_UPLOAD,
			[PairedMediaType.HEVC_VIDEO_PARENT, PairedMediaType.HEVC_VIDEO_CHILD],
		],
		[
			'motion_photo',
			jpeg('still'),
			mp4('moves'),
			['imageMessage', 'videoMessage'],
			AssociationType.MOTION_PHOTO,
			[PairedMediaType.MOTION_PHOTO_PARENT, PairedMediaType.MOTION_PHOTO_CHILD],
		],
	] as const)
		test(`sends a picture or film with a second file (${kind})`, async () => {
			const [one, other] = types
			const sent = await does('two-files', { to: SHOP_JID, kind, first, second, caption: 'hi' })
			const parent = (await arrives(sent.id)).message!
			assert.equal(parent[one]!.contextInfo!.pairedMediaType, paired[0])
			const { associatedChildMessage, messageContextInfo } = (await arrives(sent.second)).message!
			const child = associatedChildMessage!.message![other]!
			assert.deepEqual([child.contextInfo!.pairedMediaType, child.caption], [paired[1], 'hi'])
			const { associationType, parentMessageKey } = messageContextInfo!.messageAssociation!
			assert.deepEqual([associationType, parentMessageKey!.id], [association, sent.id])
			const file = await shop.receives((entry) => entry.id === sent.second)
			assert.equal(file.media?.size, Buffer.from(second.data, 'base64').length)
		})

	test('shares one contact, or several, with their numbers on WhatsApp', async () => {
		await post('/phones', { phone: CARL, spelled_as: '49015112340001' })
		const one = await does('contact', {
			to: SHOP_JID,
			contacts: [{ name: 'Carl, the cook', phone: '+49 (0)151 12340001' }],
		})
		const { displayName, vcard } = (await arrives(one.id)).message!.contactMessage!
		assert.equal(displayName, 'Carl, the cook')
		assert.match(vcard!, /^FN:Carl\\, the cook$/m)
		assert.match(vcard!, /^TEL;type=CELL;waid=4915112340001:\+49 \(0\)151 12340001$/m)
		const many = await does('contact', {
			to: SHOP_JID,
			contacts: [
				{ name: 'Ayşe', phone: AYSE },
				{ name: 'Nobody', phone: '0170 000' },
			],
		})
		const cards = (await arrives(many.id)).message!.contactsArrayMessage!.contacts!
		assert.deepEqual(
			cards.map((card) => /waid=(\d+)/.exec(card.vcard!)?.[1]),
			[AYSE, undefined],
		)
	})

	test('sends through a broadcast list, and everybody gets it in their own chat', async () => {
		const { id } = await does('broadcast', { to: [SHOP, CARL], text: 'to all' })
		const { key, broadcast } = await arrives(id)
		assert.match(key.remoteJid!, /^\d+@broadcast$/)
		assert.deepEqual([key.participant, broadcast], [AYSE_JID, true])
		for (const phone of [shop, carl]) assert.equal((await phone.receives('to all')).chat, AYSE_JID)
		await client.socket.readMessages([key])
		await until('the receipt', () =>
			ayse.receipts.find((receipt) => receipt.id === id && receipt.type === 'read'),
		)
		await does('edit', { id, text: 'to you all', sealed: false })
		await until('the edit', () => client.updates.find(({ key: { id: edited } }) => edited === id))
	})

	test('sends a message of a broadcast list again that could not be decrypted', async () => {
		sandbox.whatsapp.faults.garbleMessagesTo(SHOP, 2)
		const { id } = await does('broadcast', { to: [SHOP, CARL], text: 'once more to all' })
		const { key } = await client.receives('once more to all')
		assert.match(key.remoteJid!, /@broadcast$/)
		assert.equal(key.id, id)
		await shop.receives('once more to all')
	})

	test('sees their own linked device told of what they broadcast', async () => {
		const text = 'by the shop to all'
		await post(`/phones/${SHOP}/broadcast`, { to: [AYSE, CARL], text })
		const { key } = await client.receives(text)
		assert.match(key.remoteJid!, /@broadcast$/)
		assert.equal(key.fromMe, true)
		await carl.receives(text)
	})

	test('sets the timer of a chat, and messages of both sides in it say when they end', async () => {
		const { id } = await does('timer', { to: SHOP_JID, seconds: 86_400 })
		const { protocolMessage } = (await arrives(id)).message!
		assert.equal(protocolMessage!.type, proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING)
		assert.equal(protocolMessage!.ephemeralExpiration, 86_400)
		const contextOf = async (said: { id: string }) =>
			(await arrives(said.id)).message!.extendedTextMessage?.contextInfo
		const context = await contextOf(await does('messages', { to: SHOP_JID, text: 'for a day' }))
		assert.equal(context!.expiration, 86_400)
		const setAt = Number(protocolMessage!.ephemeralSettingTimestamp)
		assert.equal(Number(context!.ephemeralSettingTimestamp), setAt)

		await shop.receives((entry) => entry.id === id)
		const back = await shop.says('for a day too', { to: ayse })
		const received = await ayse.receives((entry) => entry.id === back)
		assert.equal(received.message!.extendedTextMessage!.contextInfo!.expiration, 86_400)

		await does('timer', { to: SHOP_JID, seconds: 0 })
		const { message } = await arrives((await does('messages', { to: SHOP_JID, text: 'stays' })).id)
		assert.equal(message!.conversation, 'stays')
		await does('timer', { to: group, seconds: 86_400 }, 409)
	})

	test('sets the timer of a group as an admin', async () => {
		await post(`/groups/${group}`, { by: AYSE, timer: 604_800 }, 200)
		const { id } = await does('messages', { to: group, text: 'for a week' })
		const { contextInfo } = (await arrives(id)).message!.extendedTextMessage!
		assert.equal(contextInfo!.expiration, 604_800)
		await post(`/groups/${group}`, { by: AYSE, timer: 0 }, 200)
		assert.equal((await control.get(`/groups/${group}`)).ephemeral, undefined)
	})

	for (const [verb, body] of [
		['album', { to: SHOP_JID, items: [{ image: jpeg('alone') }] }],
		['album', { to: SHOP_JID, items: [{}, {}] }],
		['album', { to: SHOP_JID, items: [{ image: jpeg('a') }, { audio: jpeg('b') }] }],
		['two-files', { to: SHOP_JID, kind: 'uhd', first: jpeg('a'), second: jpeg('b') }],
		['contact', { to: SHOP_JID, contacts: [] }],
		['contact', { to: SHOP_JID, contacts: [{ name: 'A', phone: '1', email: '' }] }],
		['broadcast', { to: SHOP, text: 'x' }],
		['timer', { to: SHOP_JID, seconds: '1 day' }],
	] as const)
		test(`is refused ${verb} with ${JSON.stringify(body)}`, async () => {
			await does(verb, body, 400)
		})
})
