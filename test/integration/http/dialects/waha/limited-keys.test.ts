import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'
const CHAT = `/api/main/chats/${BUDI}`

/** A request for each thing that a key may be limited to; none of them finds what it is for. */
const requests: Record<string, [method: string, path: string, body?: object][]> = {
	read: [
		['GET', '/api/main/chats'],
		['GET', '/api/main/chats/overview'],
		['POST', '/api/main/chats/overview', { pagination: {} }],
		['GET', `${CHAT}/picture`],
		['GET', `${CHAT}/messages`],
		['GET', `${CHAT}/messages/X`],
		['GET', `/api/messages?session=main&chatId=${BUDI}`],
		['GET', '/api/contacts/all?session=main'],
		['GET', `/api/contacts?session=main&contactId=${BUDI}`],
		['GET', '/api/contacts/check-exists?session=main&phone=628123456789'],
		['GET', `/api/contacts/about?session=main&contactId=${BUDI}`],
		['GET', '/api/main/lids'],
		['GET', '/api/main/labels'],
	],
	media: [['GET', '/api/files/main/X.png']],
	send: [
		['PUT', `${CHAT}/messages/X`, { text: 'x' }],
		['POST', `${CHAT}/messages/X/pin`, { duration: 5 }],
		['POST', `${CHAT}/messages/read`],
		['POST', '/api/main/media/convert/voice', {}],
	],
	setting: [
		['POST', `/api/main/chats/4915100000000@c.us/archive`],
		['POST', '/api/contacts/block', { session: 'main' }],
		['PUT', `/api/main/contacts/${BUDI}`, {}],
		['POST', '/api/main/labels', {}],
		['PUT', `/api/main/labels/chats/${BUDI}`, {}],
	],
	delete: [
		['DELETE', `/api/main/chats/4915100000000@c.us`],
		['DELETE', `/api/main/chats/4915100000000@c.us/messages`],
		['DELETE', `${CHAT}/messages/X`],
		['DELETE', '/api/main/labels/9'],
	],
}

/** What deletes at other doors. */
const elsewhere = [
	['DELETE', '/api/v1/sessions/main/messages/X'],
	['DELETE', '/chat/deleteMessageForEveryone/main'],
] as const

test('WAHA: a key does what it may do, and nothing else', async (t) => {
	const { ask, gateway } = await openWaha(t)
	const key = async (actions: object | null | undefined) =>
		(await ask('POST', '/api/keys', { isAdmin: false, session: 'main', actions })).body.key
	const { body: ofFiles } = await ask('POST', '/api/keys/media', { session: 'main' })
	const none = { read: false, send: false, control: false, setting: false, app: false }

	for (const [action, its] of Object.entries(requests))
		await t.test(action, async () => {
			const may = action === 'media' ? ofFiles.key : await key({ ...none, [action]: true })
			const others = Object.keys(requests).filter((other) => other !== action && other !== 'read')
			const other = others.find((each) => each !== 'media')!
			const mayNot = await key({ ...none, [other]: true })
			for (const [method, path, body] of its) {
				const allowed = await ask(method, path, body, { key: may })
				assert.notEqual(allowed.status, 403, `${method} ${path}`)
				assert.equal(
					(await ask(method, path, body, { key: mayNot })).status,
					403,
					`${method} ${path}`,
				)
			}
		})

	await t.test(
		'a key with the usual limits reads files, and deletes nothing, at no door',
		async () => {
			for (const actions of [{ read: true }, null, undefined]) {
				const usual = await key(actions)
				const file = await ask('GET', '/api/files/main/X.png', undefined, { key: usual })
				assert.equal(file.status, 404)
				for (const [method, path] of requests.delete!)
					assert.equal((await ask(method, path, undefined, { key: usual })).status, 403, path)
				for (const [method, path] of elsewhere) {
					const answer = await gateway.request(
						method,
						path,
						{},
						{ 'x-api-key': usual, apikey: usual },
					)
					assert.equal(answer.status, 403, `${path}: ${answer.text}`)
				}
			}
		},
	)

	await t.test('a key for an admin has no limits', async () => {
		const { body } = await ask('POST', '/api/keys', { isAdmin: true, session: null })
		for (const [method, path] of requests.delete!)
			assert.notEqual((await ask(method, path, undefined, { key: body.key })).status, 403, path)
	})
})
