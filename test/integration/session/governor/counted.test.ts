import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChannel } from '../../../../gateway/src/sandbox/server/channels.ts'
import { openWorld, type World } from './world.ts'

const cases: [what: string, does: (world: World) => Promise<unknown>, counted: number][] = [
	[
		'a message to a stranger',
		async ({ sent, stranger }) => sent({ to: stranger().account.phone }),
		1,
	],
	[
		'several messages to a stranger, one after the other and at once',
		async ({ sent, stranger }) => {
			const to = stranger().account.phone
			await Promise.all([sent({ to }), sent({ to }), sent({ to })])
			await sent({ to })
		},
		1,
	],
	[
		'a stranger by phone number and by LID',
		async ({ sent, stranger }) => {
			const { phone, lid } = stranger().account
			await sent({ to: phone })
			await sent({ to: `${lid}@lid` })
		},
		1,
	],
	[
		'an answer to a person who wrote',
		async ({ sent, writes, stranger }) => {
			const person = stranger()
			await writes(person)
			await sent({ to: person.account.phone })
		},
		0,
	],
	[
		'a message to a group of strangers',
		async ({ sent, stranger, owner }) => {
			const other = stranger()
			await sent({ to: other.createsGroup('Team', [owner]) })
		},
		0,
	],
	[
		'a status',
		async ({ sent, stranger }) =>
			sent({ to: 'status@broadcast', audience: [stranger().account.phone] }),
		0,
	],
	['a message to oneself', async ({ sent, owner }) => sent({ to: owner.account.phone }), 0],
	[
		'a post in a channel',
		async ({ sent, sandbox, owner }) =>
			sent({ to: createChannel(sandbox.whatsapp, owner.account, { name: 'News' }).id }),
		0,
	],
	[
		'an edit, a reaction and a deletion after the first message',
		async ({ sent, ask, stranger }) => {
			const to = stranger().account.phone
			const { message_id } = await sent({ to })
			await sent({ to, message_id, text: 'hello' }, { type: 'edit' })
			for (const [type, body] of [
				['react', { emoji: '👍' }],
				['revoke', {}],
			] as const) {
				const { status, text } = await ask('POST', `/messages/${type}`, { to, message_id, ...body })
				assert.equal(status, 200, text)
			}
		},
		1,
	],
	[
		'a request that is repeated with its idempotency key',
		async ({ sent, stranger }) => {
			const to = stranger().account.phone
			const first = await sent({ to }, { key: 'once' })
			assert.deepEqual(await sent({ to }, { key: 'once' }), first)
		},
		1,
	],
	[
		'a message that WhatsApp refuses, and that is sent again',
		async ({ sent, sends, stranger, refuses }) => {
			const to = stranger().account.phone
			refuses(420)
			assert.equal((await sends({ to }, { key: 'again' })).status, 422)
			await sent({ to }, { key: 'again' })
		},
		1,
	],
	[
		'a number that is not on WhatsApp',
		async ({ sends }) => {
			const { status, body } = await sends({ to: '4915299999999' })
			assert.deepEqual([status, body.code], [422, 'recipient_not_on_whatsapp'])
		},
		0,
	],
	[
		'a message that cannot be made',
		async ({ ask, stranger }) => {
			const image = 'data:image/png;base64,AAAA'
			const { status } = await ask('POST', '/messages/image', {
				to: stranger().account.phone,
				image,
			})
			assert.equal(status, 415)
		},
		0,
	],
]

test('first messages to people who have never written are counted, and nothing else', async (t) => {
	const world = await openWorld(t)
	for (const [what, does, counted] of cases)
		await t.test(`${what}: ${counted}`, async () => {
			const before = (await world.limits()).first_messages
			await does(world)
			const { hour, day } = (await world.limits()).first_messages
			assert.deepEqual(
				[hour.used - before.hour.used, day.used - before.day.used],
				[counted, counted],
			)
		})
})
