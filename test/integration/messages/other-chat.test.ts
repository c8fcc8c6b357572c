import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDialects } from '../http/dialects/support/gateway.ts'

const BUDI = '628123456789'
const SARI = '628987654321'

test('what is done to a message of another chat than the named one is refused at every door', async (t) => {
	const { ask, keys, sari, budi, budiWrites, group } = await openDialects(t)
	const headers = { 'x-api-key': keys.admin, apikey: keys.session }
	const native = (type: string, body: object) => ({
		path: `/api/v1/sessions/main/messages/${type}`,
		body,
	})
	const { body: sent } = await ask({ ...native('text', { to: BUDI, text: 'hi' }), headers })
	const own = sent.message_id as string
	await budi.receives('hi')
	const theirs = await budiWrites('hello')

	const waha = (chat: string, id: string) => `/api/main/chats/${chat}/messages/${id}`
	const actsOn = (id: string, to: string) => {
		const chatId = to.includes('@') ? to : `${to}@c.us`
		return {
			'native edit': native('edit', { to, message_id: id, text: 'other' }),
			'native revoke': native('revoke', { to, message_id: id }),
			'native react': native('react', { to, message_id: id, emoji: '👍' }),
			'native pin': native('pin', { to, message_id: id, duration_seconds: 86_400 }),
			'WAHA get': { method: 'GET', path: waha(chatId, id) },
			'WAHA edit': { method: 'PUT', path: waha(chatId, id), body: { text: 'other' } },
			'WAHA delete': { method: 'DELETE', path: waha(chatId, id) },
			'WAHA pin': { path: `${waha(chatId, id)}/pin`, body: { duration: 86_400 } },
			'Evolution delete': {
				method: 'DELETE',
				path: '/chat/deleteMessageForEveryone/main',
				body: { id, fromMe: true, remoteJid: to.includes('@') ? to : `${to}@s.whatsapp.net` },
			},
		}
	}

	for (const [chat, to] of [
		['a group', group],
		['somebody else', SARI],
		['somebody else by LID', `${sari.account.lid}@lid`],
	] as const)
		for (const id of [own, theirs])
			for (const [act, request] of Object.entries(actsOn(id, to)))
				await t.test(`${act} with ${chat}, of ${id === own ? 'ours' : 'theirs'}`, async () => {
					const { status, text } = await ask({ ...request, headers })
					assert.equal(status, 404, text)
					assert.doesNotMatch(text, /Cannot/)
				})

	await t.test('a person has one chat, by number and by LID', async () => {
		for (const to of [BUDI, `${budi.account.lid}@lid`]) {
			const { 'WAHA get': got, 'native react': react } = actsOn(theirs, to)
			for (const request of [got, react]) {
				const { status, text } = await ask({ ...request, headers })
				assert.equal(status, 200, text)
			}
		}
	})

	await t.test('a message is forwarded from any chat, and quoted in any', async () => {
		for (const request of [
			native('forward', { to: SARI, message_id: theirs }),
			native('text', { to: SARI, text: 'see', reply_to: theirs }),
		]) {
			const { status, text } = await ask({ ...request, headers })
			assert.equal(status, 200, text)
		}
	})
})
