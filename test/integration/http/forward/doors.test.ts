import assert from 'node:assert/strict'
import { test } from 'node:test'
import { photos, clientsOf, styles, systems } from '../dialects/support/clients.ts'
import { openDialects } from '../dialects/support/gateway.ts'

test('every API sends through a gateway that does not have the session', async (t) => {
	const world = await openDialects(t, { forwarded: true })
	const { keys, budi, ask, decrypted } = world
	const { phone } = budi.account
	const { text } = clientsOf(world, keys.session)
	for (const system of systems) {
		await t.test(system, async () => {
			const { status, body } = await text(system, phone, `by ${system}`)
			assert.equal(status, 200)
			const { message } = await decrypted(styles[system].idIn(body))
			assert.equal(message?.extendedTextMessage?.text, `by ${system}`)
		})
	}
	const others = {
		evolution: {
			path: '/message/sendText/main',
			headers: { apikey: keys.session },
			body: { number: phone, text: 'by evolution' },
			idIn: (body: any) => body.key.id,
		},
		waha: {
			path: '/api/sendText',
			headers: { 'x-api-key': keys.session },
			body: { session: 'main', chatId: `${phone}@c.us`, text: 'by waha' },
			idIn: (body: any) => body.key.id,
		},
	}
	for (const [name, { idIn, ...request }] of Object.entries(others)) {
		await t.test(name, async () => {
			const { status, body } = await ask(request)
			assert.equal(status, 201)
			const { message } = await decrypted(idIn(body))
			assert.equal(message?.extendedTextMessage?.text, `by ${name}`)
		})
	}
	await t.test('a key of thousands of sessions', async () => {
		const others = Array.from({ length: 3000 }, (_, n) => `session-of-somebody-else-${n}`)
		const key = await world.newKey({ sessions: [...others, 'main'] })
		assert.equal((await clientsOf(world, key).text('wa-rs', phone, 'hello')).status, 200)
	})
	await t.test('a form with a file', async () => {
		const form = await photos(1, { number: phone })
		const { status } = await clientsOf(world, keys.session).form('send/photo', form)
		assert.equal(status, 200)
	})
})
