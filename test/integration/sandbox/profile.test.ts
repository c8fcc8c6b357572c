import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { BaileysEventMap } from '@whiskeysockets/baileys'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { BaileysClient } from '../../support/baileys-client.ts'
import { until } from '../../support/wait.ts'

const SHOP = '491700000001@s.whatsapp.net'
const AYSE = '905320000002@s.whatsapp.net'
/** A JPEG that is none to look at; WhatsApp's server does not look. */
const PICTURE = Buffer.from('ffd8ffe0', 'hex')

let sandbox: Sandbox
let shop: Phone
let ayse: Phone
let client: BaileysClient
let second: BaileysClient

const linked = (phone: Phone) => new BaileysClient(sandbox).link(phone)
before(async () => {
	sandbox = await startSandbox()
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	ayse = sandbox.phone('905320000002', { name: 'Ayşe' })
	client = await linked(shop)
	second = await linked(shop)
})
after(async () => {
	await Promise.all([client.end(), second.end()])
	await sandbox.close()
})

/** What the account's other client is told. */
function told<E extends keyof BaileysEventMap>(event: E, fits: (data: any) => unknown) {
	return new Promise<any>((resolve) => {
		second.socket.ev.on(event, (data: any) => {
			const found = [data].flat().find(fits)
			if (found) resolve(found)
		})
	})
}

const setPicture = (target: string | undefined, content: Buffer | undefined) =>
	client.socket.query({
		tag: 'iq',
		attrs: {
			to: '@s.whatsapp.net',
			type: 'set',
			xmlns: 'w:profile:picture',
			...(target ? { target } : {}),
		},
		content: content && [{ tag: 'picture', attrs: { type: 'image' }, content }],
	})

test("the about text is its owner's, and may be hidden", async () => {
	await client.socket.updateProfileStatus('Open until eight')
	const about = async () => {
		const [{ status }] = (await second.socket.fetchStatus(SHOP)) as unknown as [
			{ status: { status: string } },
		]
		return status.status
	}
	assert.equal(await about(), 'Open until eight')
	await client.socket.updateStatusPrivacy('none')
	assert.equal(await about(), '')
})

test('a profile picture is set, shown to others, and removed', async () => {
	await assert.rejects(client.socket.profilePictureUrl(SHOP), /item-not-found/)
	const changed = told('contacts.update', ({ id, imgUrl }) => id === SHOP && imgUrl === 'changed')
	await setPicture(undefined, PICTURE)
	await changed
	const url = (await second.socket.profilePictureUrl(SHOP, 'image'))!
	const [response] = (await once(get(url, { ca: sandbox.mediaCa }), 'response')) as [
		IncomingMessage,
	]
	assert.deepEqual(await buffer(response), PICTURE)
	await client.socket.removeProfilePicture(SHOP)
	await assert.rejects(client.socket.profilePictureUrl(SHOP), /item-not-found/)
})

test('a group has a picture; in a locked one its admins set it', async () => {
	const group = await client.socket.groupCreate('Pictures', [AYSE])
	await setPicture(group.id, PICTURE)
	assert.ok(await client.socket.profilePictureUrl(group.id))
	const others = ayse.createsGroup('Not ours', [shop])
	await setPicture(others, PICTURE)
	sandbox.whatsapp.directory.groups.get(others)!.locked = true
	await assert.rejects(setPicture(others, PICTURE), /forbidden/)
	await assert.rejects(setPicture(AYSE, PICTURE), /forbidden/)
})

test('privacy settings are kept', async () => {
	await client.socket.updateLastSeenPrivacy('contacts')
	const { last, online } = await second.socket.fetchPrivacySettings(true)
	assert.deepEqual([last, online], ['contacts', 'all'])
})

test('a blocked person does not reach the account', async () => {
	await client.says(AYSE, 'hello')
	const news = told('blocklist.update', ({ type }) => type === 'add')
	await client.socket.updateBlockStatus(AYSE, 'block')
	assert.deepEqual((await news).blocklist, [`${ayse.account.lid}@lid`])
	assert.deepEqual(await second.socket.fetchBlocklist(), [`${ayse.account.lid}@lid`])
	await ayse.says('let me in', { to: shop })
	await client.socket.updateBlockStatus(AYSE, 'unblock')
	await ayse.says('thank you', { to: shop })
	await client.receives('thank you')
	assert.equal(
		client.messages.some(({ message }) => message?.conversation === 'let me in'),
		false,
	)
})

test('the timer of new chats, and of one chat, is announced', async () => {
	await client.socket.updateDefaultDisappearingMode(604_800)
	const [{ disappearing_mode: mode }] = (await second.socket.fetchDisappearingDuration(
		SHOP,
	)) as unknown as [{ disappearing_mode: { duration: number } }]
	assert.equal(mode.duration, 604_800)
	await client.socket.sendMessage(AYSE, { disappearingMessagesInChat: 86_400 })
	await ayse.receives(
		({ message }) =>
			(message?.protocolMessage ?? message?.ephemeralMessage?.message?.protocolMessage)
				?.ephemeralExpiration === 86_400,
	)
})

test('settings of chats reach the other devices of the account', async () => {
	const { key } = (await client.socket.sendMessage(AYSE, { text: 'star me' }))!
	await until('the keys of the settings', () =>
		[client, second].every(({ auth }) => auth.creds.myAppStateKeyId),
	)
	const archived = told('chats.update', ({ id, archived }) => id === AYSE && archived)
	const lastMessages = [{ key, messageTimestamp: Math.floor(Date.now() / 1000) }]
	await client.socket.chatModify({ archive: true, lastMessages }, AYSE)
	await archived

	const starred = told(
		'messages.update',
		({ key: { id }, update }) => id === key.id && update.starred,
	)
	await second.socket.resyncAppState(['regular_low', 'regular_high'], false)
	await client.socket.star(AYSE, [{ id: key.id!, fromMe: true }], true)
	await starred

	const muted = told('chats.update', ({ id, muteEndTime }) => id === AYSE && muteEndTime)
	await client.socket.chatModify({ mute: Date.now() + 3_600_000 }, AYSE)
	await muted

	const label = told('labels.edit', ({ name }) => name === 'Regulars')
	await client.socket.addLabel(AYSE, { id: '1', name: 'Regulars', color: 2 })
	await label
	assert.ok(Object.values(shop.account.appState!).flat().length >= 4)
})

test('a patch that another device overtook is refused with 409', async () => {
	const name = 'critical_block'
	const collection = { tag: 'collection', attrs: { name, version: '7', return_snapshot: 'false' } }
	const patch = { tag: 'patch', attrs: {}, content: Buffer.alloc(0) }
	const answer = await client.socket.query({
		tag: 'iq',
		attrs: { to: '@s.whatsapp.net', type: 'set', xmlns: 'w:sync:app:state' },
		content: [{ tag: 'sync', attrs: {}, content: [{ ...collection, content: [patch] }] }],
	})
	const [sync] = answer.content as (typeof answer)[]
	const [refused] = sync!.content as (typeof answer)[]
	const [error] = refused!.content as (typeof answer)[]
	assert.deepEqual([refused!.attrs.type, error!.attrs.code], ['error', '409'])
})
