import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { ADMIN_KEY } from '../../../../support/gateway/gateway.ts'
import { idOf, pathOf, sharedWorld } from './world.ts'

const world = sharedWorld()

const image = async (width: number, height: number) =>
	sharp({ create: { width, height, channels: 3, background: '#336699' } })
		.png()
		.toBuffer()

test('a group gets a picture, which is shown, told and removed', async () => {
	const { does, gateway, groupAt, hears, ownGroup } = world()
	const group = ownGroup('Pictured')
	const path = `${pathOf(group)}/picture`
	const none = { url: null, id: null, picture_id: null, direct_path: null }
	assert.deepEqual(await does('GET', path), none)
	const data = (await image(900, 300)).toString('base64')
	const { picture_id } = await does('PUT', path, { image: { data } })
	const { id, image: jpeg } = groupAt(group).picture!
	assert.equal(picture_id, id)
	const { format, width, height } = await sharp(jpeg).metadata()
	assert.deepEqual([format, width, height], ['jpeg', 640, 640])
	const shown = await does('GET', path)
	assert.deepEqual([shown.id, shown.picture_id], [id, id])
	assert.match(shown.url, new RegExp(id))

	const form = new FormData()
	form.append('image', new Blob([await image(100, 100)], { type: 'image/png' }), 'a.png')
	const answer = await gateway.app.request(`/api/v1/sessions/main/${path}`, {
		method: 'PUT',
		headers: { 'x-api-key': ADMIN_KEY },
		body: form,
	})
	assert.equal(answer.status, 200, await answer.text())
	assert.notEqual(groupAt(group).picture!.id, id)
	assert.deepEqual(await does('DELETE', path), { success: true })
	assert.equal(groupAt(group).picture, undefined)
	assert.deepEqual(await does('GET', path), none)

	for (const picture of ['changed', 'removed']) {
		const own = await hears(
			'group.updated',
			(data) => data.chat.id === group && data.picture === picture,
		)
		assert.equal(own.by.id, idOf(world().owner))
	}
	const { ada, owner } = world()
	const theirs = ada.createsGroup('Their picture', [owner])
	ada.groups.pictures(theirs, jpeg)
	const told = await hears('group.updated', (data) => data.chat.id === theirs && data.picture)
	assert.equal(told.picture, 'changed')
})

test('a picture that is none, or that the account may not set, is refused', async () => {
	const { ask, isRefused, groupAt, ada, owner, ownGroup } = world()
	const path = `${pathOf(ownGroup('Refused'))}/picture`
	const text = Buffer.from('no image').toString('base64')
	const { status, body } = await ask('PUT', path, { image: { data: text } })
	assert.equal(body.field, 'image')
	assert.ok([400, 415].includes(status), String(status))
	await isRefused(['PUT', path, {}], 400, 'invalid_request')
	const theirs = ada.createsGroup('Locked', [owner])
	groupAt(theirs).locked = true
	const picture = { image: { data: (await image(64, 64)).toString('base64') } }
	const asked = ['PUT', `${pathOf(theirs)}/picture`, picture] as [string, string, unknown]
	await isRefused(asked, 403, 'whatsapp_forbidden')
	await isRefused(['DELETE', `${pathOf(theirs)}/picture`], 403, 'whatsapp_forbidden')
})
