import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../../../support/wait.ts'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'
const NOBODY = '491799999999'

test('WAHA: contacts and LIDs', async (t) => {
	const { ask, budi, budiWrites, group, owner, sari } = await openWaha(t)
	const get = async (path: string) => {
		const { status, body, text } = await ask('GET', path)
		assert.equal(status, 200, text)
		return body
	}
	const lid = `${budi.account.lid}@lid`
	await budiWrites('hello')

	await t.test('a contact is found by any of its names', async () => {
		const expected = {
			id: BUDI,
			number: '628123456789',
			...{ pushname: 'Budi', isMe: false, isGroup: false, isWAContact: true },
			...{ isMyContact: false, isBlocked: false },
		}
		for (const id of ['628123456789', '%2B628123456789', BUDI, encodeURIComponent(BUDI), lid]) {
			assert.partialDeepStrictEqual(
				await get(`/api/contacts?contactId=${id}&session=main`),
				expected,
				id,
			)
			assert.partialDeepStrictEqual(await get(`/api/main/contacts/${id}`), expected, id)
		}
		const team = await get(`/api/contacts?contactId=${group}&session=main`)
		assert.deepEqual([team.id, team.name, team.isGroup], [group, 'Team', true])
	})

	await t.test('of nobody nothing is said', async () => {
		for (const path of [
			`/api/contacts?contactId=${NOBODY}&session=main`,
			`/api/main/contacts/${NOBODY}`,
		]) {
			const { status, text } = await ask('GET', path)
			assert.deepEqual([status, text], [200, ''], path)
		}
		const { status, body } = await ask('GET', '/api/contacts?session=main')
		assert.deepEqual([status, body.message], [400, ['contactId should not be empty']])
	})

	await t.test('contacts are listed', async () => {
		const all = await get('/api/contacts/all?session=main&sortBy=&sortOrder=&limit=&offset=')
		assert.ok(all.some(({ id }: any) => id === BUDI))
		const sorted = await get('/api/contacts/all?session=main&sortBy=id&sortOrder=desc')
		const ids = sorted.map(({ id }: any) => id)
		assert.deepEqual(
			ids,
			ids.toSorted((a: string, b: string) => b.localeCompare(a)),
		)
		const page = await get(
			'/api/contacts/all?session=main&sortBy=id&sortOrder=desc&limit=1&offset=0',
		)
		assert.deepEqual(
			page.map(({ id }: any) => id),
			ids.slice(0, 1),
		)
		assert.equal((await ask('GET', '/api/contacts/all?session=main&sortBy=age')).status, 400)
	})

	const checks: [phone: string, answer: object][] = [
		['628123456789', { numberExists: true, chatId: BUDI }],
		[BUDI, { numberExists: true, chatId: BUDI }],
		['%2B62 812-3456-789', { numberExists: true, chatId: BUDI }],
		[NOBODY, { numberExists: false }],
	]
	for (const [phone, answer] of checks)
		await t.test(`whether ${phone} is on WhatsApp`, async () => {
			for (const path of ['/api/contacts/check-exists', '/api/checkNumberStatus'])
				assert.deepEqual(await get(`${path}?phone=${phone}&session=main`), answer)
		})
	await t.test('a check without a number is refused', async () => {
		for (const query of ['session=main', 'session=main&phone=', 'session=main&phone=hello']) {
			const { status, body } = await ask('GET', `/api/contacts/check-exists?${query}`)
			assert.deepEqual(
				[status, body.error, Array.isArray(body.message)],
				[400, 'Bad Request', true],
			)
		}
	})

	await t.test('what a person shows', async () => {
		const about = `/api/contacts/about?contactId=${BUDI}&session=main`
		budi.profile.setsAbout('At the lake')
		assert.deepEqual(await get(about), { about: 'At the lake' })
		const picture = `/api/contacts/profile-picture?contactId=${BUDI}&session=main`
		assert.deepEqual(await get(`${picture}&refresh=false`), { profilePictureURL: null })
		budi.profile.setsPicture(Buffer.from('ffd8ffe0', 'hex'))
		const { profilePictureURL } = await get(`${picture}&refresh=true`)
		assert.match(profilePictureURL, /^https:/)
	})

	await t.test('a person is blocked and unblocked', async () => {
		const block = async (verb: string) => {
			const body = { contactId: BUDI, session: 'main' }
			const { status, text } = await ask('POST', `/api/contacts/${verb}`, body)
			assert.deepEqual([status, text], [201, ''])
		}
		const isBlocked = async () =>
			(await get(`/api/contacts?contactId=${BUDI}&session=main`)).isBlocked
		await block('block')
		assert.equal(await isBlocked(), true)
		const listed = await get('/api/contacts/all?session=main')
		assert.equal(listed.find(({ id }: any) => id === BUDI).isBlocked, true)
		await block('unblock')
		assert.equal(await isBlocked(), false)
		assert.equal((await ask('POST', '/api/contacts/block', { session: 'main' })).status, 400)
		const self = { contactId: owner.account.phone, session: 'main' }
		const { status, body } = await ask('POST', '/api/contacts/block', self)
		assert.equal(status, 400, JSON.stringify(body))
	})

	await t.test('a person is saved in the address book', async () => {
		const path = `/api/main/contacts/${BUDI}`
		const { status, body } = await ask('PUT', path, { firstName: 'Budi', lastName: 'Santoso' })
		assert.deepEqual([status, body], [200, { success: true }])
		await until('it is saved', async () => (await get(path)).isMyContact)
		assert.partialDeepStrictEqual(await get(path), { name: 'Budi Santoso', shortName: 'Budi' })
		for (const names of [
			{ firstName: 5 },
			{ firstName: 'Budi' },
			{ firstName: '', lastName: ' ' },
		]) {
			const { status, body } = await ask('PUT', path, names)
			assert.deepEqual([status, body.error], [400, 'Bad Request'])
		}
	})

	await t.test('LIDs and the numbers behind them', async () => {
		const pair = { lid, pn: BUDI }
		for (const id of [lid, budi.account.lid, encodeURIComponent(lid)])
			assert.deepEqual(await get(`/api/main/lids/${id}`), pair)
		for (const phone of ['628123456789', BUDI, '%2B628123456789'])
			assert.deepEqual(await get(`/api/main/lids/pn/${phone}`), pair)
		assert.deepEqual(await get(`/api/main/lids/pn/${lid}`), { lid, pn: null })
		assert.deepEqual(await get(`/api/main/lids/pn/${sari.account.phone}`), {
			lid: `${sari.account.lid}@lid`,
			pn: `${sari.account.phone}@c.us`,
		})
		assert.deepEqual(await get(`/api/main/lids/pn/${NOBODY}`), { lid: null, pn: `${NOBODY}@c.us` })
		assert.deepEqual(await get('/api/main/lids/999999999999999'), {
			lid: '999999999999999@lid',
			pn: null,
		})
		const { status, body } = await ask('GET', `/api/main/lids/${BUDI}`)
		assert.deepEqual(
			[status, body],
			[
				422,
				{
					message: 'Invalid LID - it must end with @lid',
					error: 'Unprocessable Entity',
					statusCode: 422,
				},
			],
		)
		const all = await get('/api/main/lids')
		assert.ok(all.some((one: any) => one.lid === lid && one.pn === BUDI))
		assert.deepEqual(await get('/api/main/lids/count'), { count: all.length })
		assert.deepEqual(await get('/api/main/lids?limit=1&offset=1'), all.slice(1, 2))
	})
})
