import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import { ADMIN_KEY, linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'

const SESSION = '/api/v1/sessions/main'

// MessageAssociation.AssociationType
const HD_VIDEO = 5
const HD_IMAGE = 10
const MOTION_PHOTO = 12
const HEVC_VIDEO = 19

type Kind = 'image' | 'video'
type Case = {
	what: string
	association: number
	first: Kind
	second: Kind
	/** Whether the second file is the one that is kept. */
	better: boolean
}

const cases: Case[] = [
	{ what: 'an image in HD', association: HD_IMAGE, first: 'image', second: 'image', better: true },
	{ what: 'a video in HD', association: HD_VIDEO, first: 'video', second: 'video', better: true },
	{
		what: 'a video in another encoding',
		association: HEVC_VIDEO,
		first: 'video',
		second: 'video',
		better: false,
	},
	{
		what: 'the film of a motion photo',
		association: MOTION_PHOTO,
		first: 'image',
		second: 'video',
		better: false,
	},
]

test('two files of one message are one event, and the better one is the file of the message', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const carl = sandbox.phone('491700000003', { name: 'Carl' })
	const receiver = await openReceiver(t)
	await gateway.request('POST', `${SESSION}/webhooks`, { url: receiver.url, events: ['message.*'] })

	async function file(kind: Kind, caption?: string) {
		const data = randomBytes(64)
		const mimetype = kind === 'image' ? 'image/jpeg' : 'video/mp4'
		return { data, message: await ada.media.attach(kind, { data, mimetype, caption }) }
	}
	const partOf = (
		associationType: number,
		id: string,
		{ imageMessage, videoMessage }: proto.IMessage,
	): proto.IMessage => ({
		associatedChildMessage: {
			message: { ...(imageMessage ? { imageMessage } : { videoMessage: videoMessage! }) },
		},
		messageContextInfo: {
			messageAssociation: { associationType, parentMessageKey: { fromMe: true, id } },
		},
	})
	const fileOfMessage = async (id: string) => {
		const response = await gateway.app.request(`${SESSION}/media/${id}`, {
			headers: { 'x-api-key': ADMIN_KEY },
		})
		return Buffer.from(await response.arrayBuffer()).toString('hex')
	}
	/** All that was told until a message after it was. */
	async function told() {
		const end = await ada.says('and that is all', { to: owner })
		await receiver.gets(({ event }) => event.data.message_id === end)
		const events = receiver.posts.splice(0).map(({ event }) => event)
		return events.filter(({ data }) => data.message_id !== end)
	}
	const newId = () => randomBytes(10).toString('hex').toUpperCase()

	for (const { what, association, first, second, better } of cases) {
		await t.test(`${what} after the message`, async () => {
			const [one, two] = [await file(first, 'look'), await file(second, 'look')]
			const id = await ada.sends(one.message, { to: owner })
			await ada.sends(partOf(association, id, two.message), { to: owner })
			const events = await told()
			assert.deepEqual(
				events.map(({ type, data }) => [type, data.message_id, data.type, data.text]),
				[['message.received', id, first, 'look']],
			)
			assert.equal(await fileOfMessage(id), (better ? two : one).data.toString('hex'))
		})

		await t.test(`${what} before the message`, async () => {
			const [one, two] = [await file(first, 'look'), await file(second, 'look')]
			const id = newId()
			await ada.sends(partOf(association, id, two.message), { to: owner })
			await ada.sends(one.message, { to: owner, id })
			const events = await told()
			const says = events.map(({ type, data }) => [type, data.message_id, data.type])
			const received = ['message.received', id, second]
			assert.deepEqual(
				says,
				first === second ? [received] : [received, ['message.edited', id, first]],
			)
			assert.equal(events[0].data.part_of, undefined)
			assert.equal(await fileOfMessage(id), (better ? two : one).data.toString('hex'))
		})

		await t.test(`${what} without the message`, async () => {
			const two = await file(second)
			const id = newId()
			await ada.sends(partOf(association, id, two.message), { to: owner })
			const events = await told()
			assert.deepEqual(
				events.map(({ type, data }) => [type, data.message_id]),
				[['message.received', id]],
			)
			assert.equal(await fileOfMessage(id), two.data.toString('hex'))
		})
	}

	await t.test('a caption that comes after the second file is told', async () => {
		const [one, two] = [await file('image', 'look'), await file('image')]
		const id = newId()
		await ada.sends(partOf(HD_IMAGE, id, two.message), { to: owner })
		await ada.sends(one.message, { to: owner, id })
		const says = (await told()).map(({ type, data }) => [type, data.message_id, data.text])
		assert.deepEqual(says, [
			['message.received', id, null],
			['message.edited', id, 'look'],
		])
	})

	await t.test("nobody replaces the file of somebody else's message", async () => {
		const group = ada.createsGroup('Team', [owner, carl])
		const [one, two] = [await file('image'), await file('image')]
		const id = await ada.sends(one.message, { to: group })
		const forged = await carl.sends(partOf(HD_IMAGE, id, two.message), { to: group })
		await receiver.gets(({ event }) => event.data.message_id === forged)
		const events = await told()
		const last = events.at(-1)
		assert.deepEqual(last.data.part_of, { message_id: id, kind: 'hd_image' })
		assert.equal(await fileOfMessage(id), one.data.toString('hex'))
	})
})
