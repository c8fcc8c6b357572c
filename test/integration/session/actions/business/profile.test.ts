import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../../../support/gateway/gateway.ts'
import { image, openBusinessWorld } from './world.ts'

const NOTHING = {
	...{ description: null, address: null, email: null, hours: null },
	...{ websites: [], category: null, categories: [] },
}

test('business profiles', async (t) => {
	const world = await openBusinessWorld(t)
	const { phone, owner, shop, ada, does, isRefused, onPhone, sendsForm, sandbox } = world
	const jidOf = (number: string) => `${number}@s.whatsapp.net`
	const days = [
		{ day: 'mon', mode: 'specific_hours', open: 540, close: 720 },
		{ day: 'mon', mode: 'specific_hours', open: 780, close: 1080 },
		{ day: 'sat', mode: 'open_24h' },
		{ day: 'sun', mode: 'appointment_only' },
	]
	const shown = days.map(({ open = null, close = null, ...day }) => ({ ...day, open, close }))
	const facts = {
		description: 'Umbrellas ☂',
		address: '1 Rain Street',
		email: 'shop@example.com',
		websites: ['https://example.com/', 'https://example.org/'],
	}

	await t.test(
		'the profile of a contact is shown with all websites, categories and hours',
		async () => {
			const hours = { timezone: 'Europe/London', days }
			const categories = ['Clothing', 'Rain']
			await phone({ phone: shop, business: { ...facts, categories, hours } })
			const { lid } = sandbox.phone(shop).account
			for (const named of [shop, `+49 170 0000002`, `${lid}@lid`]) {
				const { jid, ...profile } = await does('GET', `contacts/${named}/business-profile`)
				assert.ok([jidOf(shop), `${lid}@lid`].includes(jid))
				assert.deepEqual(profile, {
					...facts,
					is_business: true,
					category: 'Clothing',
					categories: categories.map((name, index) => ({ id: String(index + 1), name })),
					hours: { timezone: 'Europe/London', days: shown },
				})
			}
		},
	)

	await t.test('a person without a business has none', async () => {
		const found = await does('GET', `contacts/${ada.account.phone}/business-profile`)
		assert.deepEqual(found, { jid: jidOf(ada.account.phone), is_business: false, ...NOTHING })
	})

	await t.test('the own one is changed field by field, and the phone sees it', async () => {
		const jid = jidOf(owner.account.phone)
		assert.deepEqual(await does('GET', 'profile/business'), { jid, is_business: true, ...NOTHING })
		await does('PUT', 'profile/business', facts)
		const hours = { timezone: 'Europe/Berlin', days }
		const changed = await does('PUT', 'profile/business', { hours })
		const now = { jid, is_business: true, ...NOTHING, ...facts, hours: { ...hours, days: shown } }
		assert.deepEqual(changed, now)
		assert.deepEqual(await does('GET', 'profile/business'), now)
		assert.deepEqual((await onPhone()).profile, { ...facts, hours })
		const cleared = await does('PUT', 'profile/business', { email: '', websites: [] })
		assert.deepEqual([cleared.email, cleared.websites, cleared.address], [null, [], facts.address])
	})

	await t.test('a cover photo is uploaded, shown and removed', async () => {
		const form = new FormData()
		form.append('image', new Blob([await image(900, 300)], { type: 'image/png' }), 'a.png')
		const { cover_id } = await sendsForm('PUT', 'profile/business/cover', form)
		assert.equal((await onPhone()).profile.cover, cover_id)
		const data = (await image(90, 30)).toString('base64')
		const second = await does('PUT', 'profile/business/cover', { image: { data } })
		assert.notEqual(second.cover_id, cover_id)
		assert.equal((await onPhone()).profile.cover, second.cover_id)
		assert.deepEqual(await does('DELETE', 'profile/business/cover'), { success: true })
		assert.equal((await onPhone()).profile.cover, undefined)
		await isRefused([['DELETE', 'profile/business/cover', undefined, 404, 'not_found']])
	})

	await t.test('what cannot be so is refused', async () => {
		const open = (day: object) => ({ hours: { timezone: 'Europe/Berlin', days: [day] } })
		const specific = { day: 'mon', mode: 'specific_hours' }
		const text = { data: Buffer.from('no image').toString('base64') }
		await isRefused([
			['PUT', 'profile/business', {}, 400, 'invalid_request'],
			['PUT', 'profile/business', { websites: ['a', 'b', 'c'] }, 400, 'invalid_request'],
			['PUT', 'profile/business', { email: 'a@b.de', category: 'Rain' }, 400, 'category'],
			['PUT', 'profile/business', open(specific), 400, 'invalid_request'],
			['PUT', 'profile/business', open({ ...specific, open: 9, close: 8 }), 400, 'invalid_request'],
			['PUT', 'profile/business', open({ day: 'xxx', mode: 'open_24h' }), 400, 'invalid_request'],
			['PUT', 'profile/business/cover', { image: text }, 415, 'image'],
			['GET', 'contacts/120363000000000000@g.us/business-profile', undefined, 400, 'jid'],
		])
	})

	await t.test('silence is no answer, and a refused upload changes nothing', async () => {
		const account = owner.account.phone
		await world.control('POST', '/faults', {
			type: 'refuse_uploads',
			account,
			status: 507,
			times: 9,
		})
		const data = (await image(90, 30)).toString('base64')
		await isRefused([
			['PUT', 'profile/business/cover', { image: { data } }, 502, 'media_upload_failed'],
		])
		assert.equal((await onPhone()).profile.cover, undefined)
		await world.control('POST', '/faults', {
			type: 'rate_limit',
			account,
			xmlns: 'w:biz',
			times: 1,
		})
		await isRefused([['GET', 'profile/business', undefined, 429, 'whatsapp_rate_limited']])
	})
})

test('an account without the business app cannot change a business profile', async (t) => {
	const { gateway } = await linkedGateway(t)
	const data = (await image(90, 30)).toString('base64')
	const own = await gateway.request('GET', '/api/v1/sessions/main/profile/business')
	assert.deepEqual([own.status, own.body.is_business], [200, false])
	for (const [method, path, body] of [
		['PUT', 'business', { email: 'a@example.com' }],
		['PUT', 'business/cover', { image: { data } }],
		['DELETE', 'business/cover', undefined],
	] as const) {
		const answer = await gateway.request(method, `/api/v1/sessions/main/profile/${path}`, body)
		assert.deepEqual([answer.status, answer.body.code], [409, 'not_business'], answer.text)
	}
})
