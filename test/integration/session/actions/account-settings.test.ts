import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../support/media/fixtures.ts'
import { until } from '../../../support/wait.ts'
import { textOf } from '../../../../gateway/src/sandbox/phone/inbox.ts'
import { unsupported } from '../../../../gateway/src/http/native/routes/not-supported.ts'
import { privacyCategories } from '../../../../gateway/src/session/ask/privacy-categories.ts'
import { openPeopleWorld } from './support/people-world.ts'

test('an account is shown and set', async (t) => {
	const world = await openPeopleWorld(t)
	const { ada, owner, sandbox, gateway, does, ask, hears, isRefused } = world
	const { account } = owner

	await t.test('the profile is what others see', async () => {
		const profile = await does('GET', 'profile')
		assert.equal(profile.jid, `${account.phone}@s.whatsapp.net`)
		assert.equal(profile.lid, `${account.lid}@lid`)
		assert.deepEqual([profile.about, profile.picture_url], [null, null])
		for (const about of ['Open until eight', '']) {
			await does('PUT', 'profile/about', { about })
			assert.equal(account.about?.text ?? '', about)
			assert.deepEqual(await hears('profile.updated', (told) => told.about === about), { about })
			assert.equal((await does('GET', 'profile')).about ?? '', about)
		}
	})

	await t.test('the name is set on all devices, and contacts see it', async () => {
		await until(
			'the phone has shared its keys',
			async () => (await ask('PUT', 'profile/name', { name: 'The Shop' })).status === 200,
		)
		await hears('profile.updated', ({ name }) => name === 'The Shop')
		await until('the phone follows', () => account.name === 'The Shop')
		assert.equal((await does('GET', 'profile')).name, 'The Shop')
		assert.equal((await gateway.request('GET', '/api/v1/sessions/main')).body.me.name, 'The Shop')
		await does('PUT', 'profile/name', { name: 'The Shop' })

		await owner.profile.setsName('The Other Shop')
		await hears('profile.updated', ({ name }) => name === 'The Other Shop')
		await until(
			'the profile has it',
			async () => (await does('GET', 'profile')).name === 'The Other Shop',
		)
	})

	await t.test('previews of links are switched off and on', async () => {
		const isOn = async () => (await does('GET', 'privacy/settings')).link_previews
		const told = (value: boolean) =>
			hears('settings.updated', (each) => each.setting === 'link_previews' && each.value === value)
		assert.equal(await isOn(), true)
		const answer = await does('PUT', 'privacy/settings', { link_previews: false })
		assert.equal(answer.link_previews, false)
		assert.equal(await owner.profile.hasLinkPreviews(), false)
		await told(false)
		await owner.profile.setsLinkPreviews(true)
		await told(true)
		assert.equal(await isOn(), true)
	})

	await t.test('the audience of status updates is read', async () => {
		owner.profile.choosesStatusAudience('blacklist', [ada])
		const { lists } = await does('GET', 'privacy/status')
		const used = lists.filter((list: any) => list.in_use)
		assert.deepEqual(
			used.map(({ type, people }: any) => [type, people.map(({ phone }: any) => phone)]),
			[['blacklist', [ada.account.phone]]],
		)
		owner.profile.choosesStatusAudience('contacts')
	})

	await t.test('the picture is set and removed', async () => {
		const image = { data: (await plain(90, 60).png().toBuffer()).toString('base64') }
		const { picture_id } = await does('PUT', 'profile/picture', { image })
		assert.equal(account.picture?.id, picture_id)
		await hears('profile.updated', (told) => told.picture === 'changed')
		assert.match((await does('GET', 'profile')).picture_url, /^https:/)
		await does('DELETE', 'profile/picture')
		assert.equal(account.picture, undefined)
		await hears('profile.updated', (told) => told.picture === 'removed')
	})

	await t.test('each privacy setting is set in both forms', async () => {
		for (const [category, { name, values }] of Object.entries(privacyCategories)) {
			for (const value of [...values].reverse()) {
				const asList = { settings: [{ category, value }] }
				const answer = await does(
					'PUT',
					'privacy/settings',
					value === values[0] ? asList : { [category]: value },
				)
				assert.equal(account.privacy?.[name] ?? 'all', value)
				assert.ok(
					answer.settings.some((one: any) => one.category === category && one.value === value),
				)
			}
			const last = await hears('settings.updated', ({ setting }) => setting === category)
			assert.equal(last.value, values.at(-1))
		}
		const { settings } = await does('GET', 'privacy/settings')
		assert.deepEqual(
			settings.map(({ category }: any) => category).sort(),
			Object.keys(privacyCategories).sort(),
		)
		owner.choosesPrivacy('online', 'match_last_seen')
		await hears('settings.updated', ({ value }) => value === 'match_last_seen')
		const { lists } = await does('GET', 'privacy/status')
		assert.deepEqual(
			lists.filter((list: any) => list.in_use),
			[{ type: 'contacts', in_use: true, people: [] }],
		)
	})

	await t.test('messages of new chats disappear', async () => {
		for (const seconds of [604_800, 0]) {
			await does('PUT', 'privacy/default-disappearing', { seconds })
			assert.equal(account.disappearing?.duration, seconds)
			assert.equal((await does('GET', 'privacy/settings')).default_disappearing, seconds)
			const isIt = (told: any) => told.setting === 'default_disappearing' && told.value === seconds
			await hears('settings.updated', isIt)
		}
	})

	await t.test('a call is rejected by request', async () => {
		const video = ada.calls.calls(owner, { video: true })
		await hears('call.received', ({ call_id }) => call_id === video)
		await isRefused([
			['POST', 'calls/reject', { call_id: video, from: '4930000000001' }, 404, 'call_not_found'],
		])
		assert.deepEqual(
			await does('POST', 'calls/reject', { from: ada.account.phone, call_id: video }),
			{
				success: true,
				message: 'Call rejected',
			},
		)
		const rejected = (id: string) =>
			until(
				'her phone stops',
				() => ada.calls.all.find((call) => call.id === id)?.status === 'rejected',
			)
		await rejected(video)
		const told = await hears('call.rejected', ({ call_id }) => call_id === video)
		assert.deepEqual([told.auto, told.chat.phone], [false, ada.account.phone])
		const ended = ada.calls.calls(owner)
		ada.calls.hangsUp(ended)
		await hears(
			'call.received',
			({ call_id, status }) => call_id === ended && status === 'terminate',
		)
		const { calls, total } = await does('GET', 'calls?limit=2')
		assert.equal(total, 2)
		assert.deepEqual(
			calls.map(({ call_id, status, video: isVideo }: any) => [call_id, status, isVideo]),
			[
				[ended, 'terminate', false],
				[video, 'reject', true],
			],
		)
		await isRefused([
			['POST', 'calls/reject', { call_id: ended }, 410, 'whatsapp_gone'],
			['POST', 'calls/reject', { call_id: 'unknown' }, 404, 'call_not_found'],
			['POST', 'calls/reject', {}, 400, 'call_id'],
		])
	})

	await t.test('calls are rejected by the settings, with a text once an hour', async () => {
		const calls = { reject: true, groups: false, message: 'Please write.' }
		assert.deepEqual((await does('GET', 'settings')).calls, { reject: false, groups: true })
		assert.deepEqual((await does('PUT', 'settings', { calls })).calls, calls)
		const rings = async (to: string) => {
			const id = ada.calls.calls(to)
			await hears('call.received', ({ call_id }) => call_id === id)
			return id
		}
		for (let n = 0; n < 2; n++) {
			const id = await rings(account.phone)
			const { auto } = await hears('call.rejected', ({ call_id }) => call_id === id)
			assert.equal(auto, true)
		}
		await ada.receives('Please write.')
		const group = ada.createsGroup('Team', [owner])
		const inGroup = await rings(group)
		await does('PUT', 'settings', { calls: { reject: true } })
		const again = await rings(group)
		await hears('call.rejected', ({ call_id }) => call_id === again)
		assert.equal(ada.calls.all.find(({ id }) => id === inGroup)?.status, 'rings')
		await does('PUT', 'settings', { calls: {} })
		const texts = ada.inbox.entries.filter(({ message }) => textOf(message) === 'Please write.')
		assert.equal(texts.length, 1)
		const { body: key } = await gateway.request('POST', '/api/v1/keys', {
			name: 'member',
			role: 'member',
			sessions: ['main'],
		})
		const headers = { 'x-api-key': key.key, 'content-type': 'application/json' }
		const path = '/api/v1/sessions/main/settings'
		assert.equal((await gateway.request('GET', path, undefined, headers)).status, 200)
		assert.equal((await gateway.request('PUT', path, {}, headers)).status, 403)
	})

	await t.test('a link leads to a call', async () => {
		for (const [type, part] of [
			['audio', 'voice'],
			['video', 'video'],
		]) {
			const { token, link } = await does('POST', 'calls/link', { type, start_time: 1_900_000_000 })
			assert.ok(token)
			assert.equal(link, `https://call.whatsapp.com/${part}/${token}`)
		}
	})

	await t.test('it is told who is online', async () => {
		const pn = `${ada.account.phone}@s.whatsapp.net`
		assert.deepEqual(await does('GET', `presence/${pn}`), { presences: [] })
		assert.deepEqual(await does('POST', 'presence/subscribe', { jid: pn }), {
			success: true,
			message: 'Subscribed to presence',
		})
		const shows = async (presence: 'available' | 'unavailable') => {
			ada.appears(presence)
			await until(`she is ${presence}`, async () => {
				const { presences } = await does('GET', `presence/${ada.account.lid}@lid`)
				return presences[0]?.presence === presence && presences[0].jid === pn
			})
		}
		await shows('available')
		await shows('unavailable')
		sandbox.whatsapp.endsStreams(account, 503)
		await gateway.becomes('main', 'connecting')
		await gateway.becomes('main', 'open')
		await shows('available')
	})

	await t.test('what the gateway cannot do says why', async () => {
		for (const [method, path, reason] of unsupported) {
			const { status, body } = await ask(
				method.toUpperCase(),
				path.slice(1),
				method === 'get' ? undefined : {},
			)
			assert.deepEqual([status, body.code, body.detail], [501, 'not_supported', reason], path)
		}
	})

	await t.test('what cannot be set is refused', () =>
		isRefused([
			['PUT', 'profile/name', { name: '  ' }, 400, 'name'],
			['PUT', 'profile/name', { name: 'a'.repeat(26) }, 400, 'name'],
			['PUT', 'privacy/settings', { link_previews: 'off' }, 400, 'link_previews'],
			['PUT', 'profile/about', { about: 'a'.repeat(140) }, 400, 'about'],
			['PUT', 'privacy/settings', { last: 'friends' }, 400, 'last'],
			[
				'PUT',
				'privacy/settings',
				{ settings: [{ category: 'online', value: 'none' }] },
				400,
				'settings.0.value',
			],
			[
				'PUT',
				'privacy/settings',
				{ settings: [{ category: 'shoes', value: 'all' }] },
				400,
				'settings.0.category',
			],
			['PUT', 'privacy/settings', {}, 400, 'settings'],
			['PUT', 'privacy/default-disappearing', { seconds: 60 }, 400, 'seconds'],
			['POST', 'calls/link', { type: 'radio' }, 400, 'type'],
			['POST', 'presence/subscribe', { jid: 'Ann' }, 400, 'jid'],
		]),
	)
})
