import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import type { Phone } from '../../../gateway/src/sandbox/index.ts'
import { openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { openWorld, person, SESSION, type World } from './support/world.ts'

const { Type } = proto.Message.ProtocolMessage
const DAY = 86_400

const timer = (ephemeralExpiration: number, at?: number): proto.IMessage => ({
	protocolMessage: {
		type: Type.EPHEMERAL_SETTING,
		ephemeralExpiration,
		...(at && { ephemeralSettingTimestamp: at }),
	},
})

/** What a message of the gateway says of its disappearing. */
async function expirationOf(
	{ posts, ada }: Pick<World, 'posts' | 'ada'>,
	text: string,
	fields: object = {},
) {
	await posts('messages/text', { to: ada.account.phone, text, ...fields })
	const { message } = await ada.receives(text)
	return message?.extendedTextMessage?.contextInfo?.expiration ?? 0
}

test('sends follow the timer of a chat with a person, whoever sets it and however it is learnt', async (t) => {
	const world = await openWorld(t)
	const { ada, carl, owner, hears, posts, gateway, sandbox } = world
	let n = 0
	const expires = async () => expirationOf(world, `send ${n++}`)
	const said = (expiration: number) =>
		hears('chat.updated', (data) => data.expiration === expiration)
	assert.equal(await expires(), 0)

	const shown = async (who: Phone) =>
		(await gateway.request('GET', `${SESSION}/chats/${person(who).id}`)).body.expiration
	assert.equal(await shown(ada), 0)

	await t.test('set by the other side', async () => {
		await ada.sends(timer(DAY), { to: owner })
		const { data } = await said(DAY)
		assert.deepEqual([data.chat, data.by, data.from_me], [person(ada), person(ada), false])
		assert.equal(await expires(), DAY)
		assert.equal(await shown(ada), DAY)
	})
	await t.test('every type of message follows it', async () => {
		const place = { to: ada.account.phone, latitude: 1, longitude: 2, name: 'There' }
		const { message_id: id } = await posts('messages/location', place)
		const { message } = await ada.receives((received) => received.id === id)
		assert.equal(message?.locationMessage?.contextInfo?.expiration, DAY)
	})
	await t.test('`expiration` overrides it', async () => {
		assert.equal(await expirationOf(world, 'mine', { expiration: 3600 }), 3600)
		assert.equal(await expirationOf(world, 'stays', { expiration: 0 }), 0)
		assert.equal(await expires(), DAY)
	})
	await t.test('set on the phone of the account', async () => {
		await owner.sends(timer(7 * DAY), { to: ada })
		const { data } = await said(7 * DAY)
		assert.deepEqual([data.chat, data.from_me], [person(ada), true])
		assert.equal(await expires(), 7 * DAY)
	})
	await t.test('set through the gateway', async () => {
		await posts(`chats/${ada.account.phone}/disappearing`, { seconds: 90 * DAY })
		assert.equal(await expires(), 90 * DAY)
		assert.equal(await shown(ada), 90 * DAY)
	})
	await t.test(
		'said by a message of one who set it later; not by one who knows an older',
		async () => {
			const later = Math.floor(Date.now() / 1000) + 60
			const says = async (text: string, expiration: number, since?: number) => {
				const contextInfo = { expiration, ephemeralSettingTimestamp: since }
				await ada.sends({ extendedTextMessage: { text, contextInfo } }, { to: owner })
				await hears('message.received', (data) => data.text === text)
			}
			await says('newer', DAY, later)
			assert.equal(await expires(), DAY)
			await says('older', 7 * DAY, later - 3600)
			await says('for this message', 7 * DAY)
			assert.equal(await expires(), DAY)
			await ada.sends(timer(0, later + 1), { to: owner })
			await said(0)
			assert.equal(await expires(), 0)
		},
	)
	await t.test('another chat has its own', async () => {
		await carl.sends(timer(DAY), { to: owner })
		await hears('chat.updated', ({ chat }) => chat.id === person(carl).id)
		assert.equal(await expires(), 0)
		assert.deepEqual([await shown(ada), await shown(carl)], [0, DAY])
		const { message_id: id } = await posts('messages/text', { to: person(carl).lid, text: 'hi' })
		const { message } = await carl.receives((received) => received.id === id)
		assert.equal(message?.extendedTextMessage?.contextInfo?.expiration, DAY)
	})
	await t.test('after a restart', async () => {
		const { dataDir } = gateway
		await gateway.stop()
		const next = await openGateway(t, { sandbox, dataDir })
		next.start()
		await next.becomes('main', 'open')
		const to = carl.account.phone
		const { body } = await next.request('POST', `${SESSION}/messages/text`, { to, text: 'again' })
		const { message } = await carl.receives((received) => received.id === body.message_id)
		assert.equal(message?.extendedTextMessage?.contextInfo?.expiration, DAY)
	})
})

test('sends follow the timer of a group', async (t) => {
	const world = await openWorld(t)
	const { ada, hears, posts } = world
	const group = await world.group()
	const device = await world.secondDevice()
	let n = 0
	const expires = async () => {
		const text = `send ${n++}`
		await posts('messages/text', { to: group, text })
		const { message } = await ada.receives(text)
		return message?.extendedTextMessage?.contextInfo?.expiration ?? 0
	}
	assert.equal(await expires(), 0)
	for (const seconds of [DAY, 7 * DAY, 0]) {
		await device.socket.groupToggleEphemeral(group, seconds)
		await hears('group.updated', ({ expiration }) => expiration === seconds)
		assert.equal(await expires(), seconds)
	}
	await posts(`chats/${group}/disappearing`, { seconds: DAY })
	assert.equal(await expires(), DAY)
})

test('sends follow the timer that a chat had before the session was linked', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	await ada.setsTimer(owner, DAY)
	await ada.says('before', { to: owner })
	await owner.receives('before')
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	owner.scans((await gateway.request('GET', `${SESSION}/qr`)).body.qr)
	await gateway.becomes('main', 'open')
	await until('the history is there', async () => {
		const { body } = await gateway.request('GET', `${SESSION}/chats`)
		return body.chats.length > 0
	})
	const text = { to: ada.account.phone, text: 'after' }
	await gateway.request('POST', `${SESSION}/messages/text`, text)
	const { message } = await ada.receives('after')
	assert.equal(message?.extendedTextMessage?.contextInfo?.expiration, DAY)
})
