import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { lidOf } from '../../../../gateway/src/sandbox/server/jids.ts'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { openReceiver } from '../../../support/gateway/receiver.ts'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, sandbox, owner } = world
	const receiver = await openReceiver(t)
	const events = ['message.status', 'message.outgoing']
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', { url: receiver.url, events })
	return {
		...world,
		send: (to: string, text: string) =>
			gateway.request('POST', '/api/v1/sessions/main/messages/text', { to, text }),
		/** Waits for the last of these, and says what was told of a message up to it. */
		async toldOf(id: string, last: string) {
			const nameOf = ({ type, data }: Told) => (type === 'message.status' ? data.status : type)
			const about = ({ event }: { event: Told }) => event.data.message_id === id
			await receiver.gets((one) => about(one) && nameOf(one.event) === last)
			return receiver.posts.filter(about).map(({ event }) => nameOf(event))
		},
		/** The server passes a receipt on, although it has not answered the message yet. */
		passReceipt(id: string, from: string, type?: string) {
			const t = Math.floor(Date.now() / 1000)
			const companion = owner.account.devices.find(({ id }) => id !== 0)!
			const attrs = { id, from, t: String(t), ...(type && { type }) }
			sandbox.whatsapp.deliver(
				{ account: owner.account, device: companion },
				{ tag: 'receipt', attrs },
			)
		},
	}
}

type Told = { type: string; data: { message_id?: string; status?: string } }

test('what is told of a message goes forward: that it left, then sent, delivered and read', async (t) => {
	const { send, toldOf, ada } = await openWorld(t)
	const ids = await Promise.all(
		Array.from({ length: 20 }, async (_, n) => {
			const answer = await send(ada.account.phone, `text ${n}`)
			assert.equal(answer.status, 200, answer.text)
			ada.reads(await ada.receives(`text ${n}`))
			return answer.body.message_id as string
		}),
	)
	for (const id of ids)
		assert.deepEqual(await toldOf(id, 'read'), ['message.outgoing', 'sent', 'delivered', 'read'])
})

test('a receipt that is read before the answer says that the message was sent', async (t) => {
	const { send, toldOf, passReceipt, sandbox, owner, ada } = await openWorld(t)
	const { faults } = sandbox.whatsapp
	faults.holdAcks(owner.account.phone)
	const sent = send(ada.account.phone, 'early')
	const { id } = await ada.receives('early')
	passReceipt(id, lidOf(ada.account))
	const { status, body } = await sent
	assert.deepEqual([status, body.message_id], [200, id])
	faults.releaseAcks(owner.account.phone)
	ada.reads(await ada.receives('early'))
	const told = ['message.outgoing', 'sent', 'delivered', 'read']
	assert.deepEqual(await toldOf(id, 'read'), told, 'the late answer adds nothing')
})

test('a receipt from somebody else says nothing of a message', async (t) => {
	const { send, toldOf, passReceipt, sandbox, owner, ada } = await openWorld(t)
	const { faults } = sandbox.whatsapp
	faults.holdAcks(owner.account.phone)
	const sent = send(ada.account.phone, 'for her')
	const { id } = await ada.receives('for her')
	passReceipt(id, lidOf(sandbox.phone('491700000009').account))
	passReceipt(id, lidOf(ada.account), 'read')
	assert.equal((await sent).status, 200)
	assert.deepEqual(await toldOf(id, 'read'), ['message.outgoing', 'sent', 'read'])
})
