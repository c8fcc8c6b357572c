import assert from 'node:assert/strict'
import { once } from 'node:events'
import { plain } from '../../../../support/media/fixtures.ts'
import { test } from 'node:test'
import { until } from '../../../../support/wait.ts'
import { openDialects } from '../support/gateway.ts'

const TO = '628123456789'
const JID = `${TO}@s.whatsapp.net`

test('Evolution: chats, messages and profiles', async (t) => {
	const { ask, keys, budi, sari, owner, group, budiWrites, decrypted } = await openDialects(t)
	const call = (method: string, path: string, body?: object) =>
		ask({ method, path, headers: { apikey: keys.session }, ...(body && { body }) })
	const post = (path: string, body: object) => call('POST', `${path}/main`, body)
	const lid = `${budi.account.lid}@lid`
	const received = await budiWrites('a question')
	const sent = (await post('/message/sendText', { number: TO, text: 'an answer' })).body.key.id

	await t.test(
		'messages of a chat are found by phone number and by LID, newest first',
		async () => {
			for (const remoteJid of [JID, TO, lid]) {
				const { body } = await post('/chat/findMessages', { where: { key: { remoteJid } } })
				const ids = body.messages.records.map((record: any) => record.key.id)
				assert.deepEqual(ids, [sent, received], remoteJid)
				assert.equal(body.messages.total, 2)
				assert.equal(body.messages.records[1].message.conversation, 'a question')
			}
			const cases: [where: object, found: string[]][] = [
				[{ key: { fromMe: false } }, [received]],
				[{ key: { fromMe: true, remoteJid: JID } }, [sent]],
				[{ messageType: 'imageMessage' }, []],
				[{ messageType: 'conversation' }, [sent, received]],
				[{ key: { remoteJid: JID }, messageTimestamp: { gte: '2999-01-01' } }, []],
			]
			for (const [where, found] of cases) {
				const { body } = await post('/chat/findMessages', { where })
				const ids = body.messages.records.map((record: any) => record.key.id)
				assert.deepEqual(ids, found, JSON.stringify(where))
			}
			const { body } = await post('/chat/findStatusMessage', { where: { keyId: sent } })
			assert.match(body[0].status, /^(SERVER_ACK|DELIVERY_ACK|READ)$/)
		},
	)

	await t.test('chats have their last message, contacts their kind', async () => {
		const { body: chats } = await post('/chat/findChats', { where: { remoteJid: lid } })
		assert.equal(chats.length, 1)
		assert.equal(chats[0].remoteJid, JID)
		assert.equal(chats[0].lastMessage.key.id, sent)
		const { body: one } = await call('GET', `/chat/findChatByRemoteJid/main?remoteJid=${TO}`)
		assert.equal(one.remoteJid, JID)
		const { body: all } = await post('/chat/findContacts', {})
		const kinds = all.map(({ type, isGroup }: any) => `${type} ${isGroup}`)
		assert.deepEqual([...new Set(kinds)].sort(), ['contact false', 'group true'])
		const { body: byId } = await post('/chat/findContacts', { where: { id: JID } })
		assert.equal(byId.length, 1)
	})

	await t.test('a message is edited and deleted where it was sent', async () => {
		const key = { id: sent, fromMe: true, remoteJid: JID }
		const edited = await post('/chat/updateMessage', { number: TO, text: 'a better one', key })
		assert.equal(edited.status, 200)
		const { message } = await decrypted(edited.body.key.id)
		assert.ok(message?.protocolMessage?.editedMessage)
		const elsewhere = await post('/chat/updateMessage', {
			...{ number: sari.account.phone, text: 'x' },
			key: { ...key, remoteJid: `${sari.account.phone}@s.whatsapp.net` },
		})
		assert.deepEqual(elsewhere.body.response.message, ['RemoteJid does not match'])
		const gone = await call('DELETE', '/chat/deleteMessageForEveryone/main', key)
		assert.equal(gone.status, 201)
		const revoked = await decrypted(gone.body.key.id)
		assert.equal(revoked.message?.protocolMessage?.key?.id, sent)
	})

	await t.test('a message is marked as read, also by the LID of its chat', async () => {
		const key = { id: received, fromMe: false, remoteJid: `${lid}@s.whatsapp.net` }
		const { status, body } = await post('/chat/markMessageAsRead', { readMessages: [key] })
		assert.deepEqual([status, body], [201, { message: 'Read messages', read: 'success' }])
		await until('Budi sees it', () =>
			budi.receipts.some(({ id, type }) => id === received && type === 'read'),
		)
	})

	await t.test('typing is shown, and people are blocked', async () => {
		const shown = once(budi.events, 'typing')
		await post('/chat/sendPresence', { number: TO, presence: 'composing', delay: 50 })
		assert.equal((await shown)[0].state, 'composing')
		for (const [status, blocked] of [
			['block', true],
			['unblock', false],
		] as const) {
			const answer = await post('/chat/updateBlockStatus', { number: TO, status })
			assert.deepEqual([answer.status, answer.body], [201, { block: 'success' }])
			assert.equal(owner.account.blocked?.includes(TO) ?? false, blocked)
		}
	})

	await t.test('the file of a message comes in base64', async () => {
		const png = (await plain(8, 8).png().toBuffer()).toString('base64')
		const media = { number: TO, mediatype: 'document', media: png, fileName: 'a.png' }
		const { body: document } = await post('/message/sendMedia', media)
		const { status, body } = await post('/chat/getBase64FromMediaMessage', { message: document })
		assert.equal(status, 201)
		assert.equal(body.base64, png)
		assert.equal(body.mediaType, 'documentMessage')
		const text = await post('/chat/getBase64FromMediaMessage', {
			message: { key: { id: received } },
		})
		assert.deepEqual(text.body.response.message, ['The message is not of the media type'])
	})

	await t.test('numbers are looked up as they were asked for', async () => {
		const numbers = [`+${TO}`, '491799999999', group]
		const { body } = await post('/chat/whatsappNumbers', { numbers })
		assert.deepEqual(
			body.map(({ number, exists }: any) => [number, exists]),
			[
				[group, true],
				[`+${TO}`, true],
				['491799999999', false],
			],
		)
	})

	await t.test(
		'a group is changed, and those who are not on WhatsApp are left out of a new one',
		async () => {
			const made = await post('/group/create', {
				subject: 'New',
				participants: [TO, '491799999999'],
			})
			assert.equal(made.status, 201)
			const at = `groupJid=${made.body.id}`
			assert.deepEqual(
				made.body.participants.map(({ phoneNumber }: any) => phoneNumber).sort(),
				[`${owner.account.phone}@s.whatsapp.net`, JID].sort(),
			)
			const change = (path: string, body: object) => call('POST', `/group/${path}/main?${at}`, body)
			assert.equal((await change('updateGroupSubject', { subject: 'Newer' })).status, 201)
			assert.equal((await change('updateGroupDescription', { description: 'Words' })).status, 201)
			assert.equal((await change('updateSetting', { action: 'announcement' })).status, 201)
			assert.equal((await change('toggleEphemeral', { expiration: 86_400 })).status, 201)
			const members = { action: 'promote', participants: [TO] }
			const { body: promoted } = await change('updateParticipant', members)
			assert.equal(promoted.updateParticipants[0].status, '200')
			const { body: now } = await call('GET', `/group/findGroupInfos/main?${at}`)
			assert.partialDeepStrictEqual(now, {
				subject: 'Newer',
				desc: 'Words',
				announce: true,
				size: 2,
			})
			const invited = await call('POST', '/group/sendInvite/main', {
				...{ groupJid: made.body.id, description: 'Join us', numbers: [sari.account.phone] },
			})
			assert.equal(invited.status, 200)
			await sari.receives(({ message }) => JSON.stringify(message).includes(invited.body.inviteUrl))
			const left = await call('DELETE', `/group/leaveGroup/main?${at}`)
			assert.deepEqual(left.body, { groupJid: made.body.id, leave: true })
		},
	)

	await t.test('profiles and privacy are shown and set', async () => {
		const { body: profile } = await post('/chat/fetchProfile', { number: TO })
		assert.partialDeepStrictEqual(profile, { wuid: JID, numberExists: true, isBusiness: false })
		assert.equal((await post('/chat/updateProfileName', { name: 'The Shop' })).status, 200)
		assert.equal(owner.account.name, 'The Shop')
		for (const number of [{}, { number: owner.account.phone }])
			assert.equal((await post('/chat/fetchProfile', number)).body.name, 'The Shop')
		const shownUrl = async () =>
			(await call('GET', '/instance/fetchInstances')).body[0].profilePicUrl as string | null
		assert.equal(await shownUrl(), null)
		const picture = (await plain(64, 64).png().toBuffer()).toString('base64')
		assert.equal((await post('/chat/updateProfilePicture', { picture })).status, 200)
		assert.match((await shownUrl())!, /^https?:/)
		assert.equal((await call('DELETE', '/chat/removeProfilePicture/main')).status, 200)
		assert.equal(await shownUrl(), null)
		const all = {
			...{ readreceipts: 'none', profile: 'contacts', status: 'all' },
			...{ online: 'all', last: 'none', groupadd: 'contacts' },
		}
		const set = await post('/chat/updatePrivacySettings', all)
		assert.equal(set.status, 201)
		const { body: shown } = await call('GET', '/chat/fetchPrivacySettings/main')
		assert.deepEqual(shown, all)
	})
})
