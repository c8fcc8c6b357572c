import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plain } from '../../../../support/media/fixtures.ts'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'
const SARI = '628987654321@c.us'

test('WAHA: groups', async (t) => {
	const { ask, owner, sari, group, gateway, sandbox } = await openWaha(t)
	const made = await ask('POST', '/api/main/groups', { name: 'New', participants: [{ id: BUDI }] })
	const at = `/api/main/groups/${made.body.id}`
	const knownTo = (id: string) => sandbox.whatsapp.directory.groups.get(id)!

	await t.test('one is created, and listed by its id', async () => {
		assert.equal(made.status, 201)
		assert.equal(made.body.subject, 'New')
		assert.deepEqual(
			made.body.participants.map(({ id }: any) => id).sort(),
			[BUDI, `${owner.account.phone}@c.us`].sort(),
		)
		const { body } = await ask('GET', '/api/main/groups?sortBy=subject&sortOrder=desc')
		assert.deepEqual(Object.keys(body), [group, made.body.id])
		const bare = await ask('GET', '/api/main/groups?exclude=participants&limit=1')
		assert.equal((Object.values(bare.body)[0] as any).participants, undefined)
		assert.deepEqual((await ask('GET', '/api/main/groups/count')).body, { count: 2 })
		assert.deepEqual((await ask('POST', '/api/main/groups/refresh')).body, { success: true })
	})

	await t.test('name, description and settings are changed, and shown', async () => {
		for (const [path, body] of [
			['subject', { subject: 'Newer' }],
			['description', { description: 'Words' }],
			['settings/security/info-admin-only', { adminsOnly: true }],
			['settings/security/messages-admin-only', { adminsOnly: 'true' }],
		] as const) {
			const { status, body: answer } = await ask('PUT', `${at}/${path}`, body)
			assert.deepEqual([status, answer], [200, true], path)
		}
		const { body } = await ask('GET', at)
		assert.partialDeepStrictEqual(body, {
			...{ subject: 'Newer', desc: 'Words', restrict: true, announce: true },
		})
		for (const name of ['info-admin-only', 'messages-admin-only'])
			assert.deepEqual((await ask('GET', `${at}/settings/security/${name}`)).body, {
				adminsOnly: true,
			})
		await ask('PUT', `${at}/description`, { description: '' })
		assert.equal((await ask('GET', at)).body.desc, null)
	})

	await t.test('members come, become admins and go; who is refused has a code', async () => {
		const people = { participants: [{ id: SARI }] }
		const added = await ask('POST', `${at}/participants/add`, people)
		assert.deepEqual([added.status, added.body[0].status, added.body[0].jid], [200, '200', SARI])
		const again = await ask('POST', `${at}/participants/add`, people)
		assert.equal(again.body[0].status, '409')
		await ask('POST', `${at}/admin/promote`, people)
		const roles = async () =>
			Object.fromEntries(
				(await ask('GET', `${at}/participants/v2`)).body.map(({ id, role }: any) => [id, role]),
			)
		assert.equal((await roles())[SARI], 'admin')
		await ask('POST', `${at}/admin/demote`, people)
		assert.equal((await roles())[SARI], 'participant')
		await ask('POST', `${at}/participants/remove`, people)
		assert.equal((await roles())[SARI], undefined)
		const { body } = await ask('GET', `${at}/participants`)
		assert.deepEqual(body.map(({ admin }: any) => admin).sort(), ['superadmin', null].sort())
	})

	await t.test('its invite code is shown, revoked, and lets others in', async () => {
		const before = await ask('GET', `${at}/invite-code`)
		assert.equal(before.body, knownTo(made.body.id).inviteCode)
		const { body: code } = await ask('POST', `${at}/invite-code/revoke`)
		assert.notEqual(code, before.body)
		const foreign = sari.createsGroup('Of Sari', [])
		const { body: link } = { body: `https://chat.whatsapp.com/${knownTo(foreign).inviteCode}` }
		const info = await ask('GET', `/api/main/groups/join-info?code=${encodeURIComponent(link)}`)
		assert.partialDeepStrictEqual(info.body, { id: foreign, subject: 'Of Sari' })
		const joined = await ask('POST', '/api/main/groups/join', { code: link })
		assert.deepEqual(joined.body, { id: foreign })
	})

	await t.test('its picture is set, shown and removed', async () => {
		const png = (await plain(64, 64).png().toBuffer()).toString('base64')
		const file = { mimetype: 'image/png', data: png }
		assert.deepEqual((await ask('PUT', `${at}/picture`, { file })).body, { success: true })
		assert.match((await ask('GET', `${at}/picture`)).body.url, /^https?:/)
		assert.deepEqual((await ask('DELETE', `${at}/picture`)).body, { success: true })
		assert.deepEqual((await ask('GET', `${at}/picture`)).body, { url: null })
	})

	await t.test('what cannot be done is said in the form of WAHA', async () => {
		const cases: [method: string, path: string, body: object | undefined, status: number][] = [
			['GET', '/api/main/groups/120363999999999999@g.us', undefined, 404],
			['POST', '/api/main/groups', { participants: [{ id: BUDI }] }, 400],
			['POST', '/api/main/groups', { name: 'x', participants: [] }, 400],
			['PUT', `${at}/subject`, {}, 400],
			['PUT', `${at}/settings/security/info-admin-only`, { adminsOnly: 'maybe' }, 400],
			['DELETE', at, undefined, 501],
			['GET', '/api/nowhere/groups', undefined, 422],
		]
		for (const [method, path, body, status] of cases)
			assert.equal((await ask(method, path, body)).status, status, `${method} ${path}`)
	})

	await t.test('the account leaves it', async () => {
		const left = await ask('POST', `${at}/leave`)
		assert.deepEqual([left.status, left.text], [200, ''])
		assert.ok(!(owner.account.phone in knownTo(made.body.id).members))
		assert.equal(gateway.sessions.get('main').view().status, 'open')
	})
})
