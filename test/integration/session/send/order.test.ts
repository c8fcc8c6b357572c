import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { inOrder } from '../../../support/gateway/in-order.ts'
import { openReceiver } from '../../../support/gateway/receiver.ts'
import { plain } from '../../../support/media/fixtures.ts'

const MESSAGES = '/api/v1/sessions/main/messages'

test('messages to one person by phone number and by LID arrive in the order of the requests', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	const events = ['message.received']
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', { url: receiver.url, events })
	// From her message the gateway learns that number and LID are one person's.
	const first = await ada.sends({ conversation: 'hello' }, { to: owner })
	await receiver.gets(({ event }) => event.data.message_id === first)
	// A picture takes longer to prepare than a text: in a queue of its own the text would overtake it.
	const bytes = await plain(800, 800).png().toBuffer()
	const image = `data:image/png;base64,${bytes.toString('base64')}`
	const requests = [0, 1, 2, 3].flatMap((round) => [
		{ type: 'image', body: { to: ada.account.phone, image, caption: `picture ${round}` } },
		{ type: 'text', body: { to: `${ada.account.lid}@lid`, text: `text ${round}` } },
	])
	const bo = sandbox.phone('491700000003', { name: 'Bo' })
	const passing = { to: bo.account.phone, text: 'passing by' }
	const answers = await inOrder(
		requests.map(
			({ type, body }) =>
				() =>
					gateway.request('POST', `${MESSAGES}/${type}`, body),
		),
		() => gateway.request('POST', `${MESSAGES}/text`, passing),
	)
	for (const { status, text } of answers) assert.equal(status, 200, text)
	const sent = answers.map(({ body }) => body.message_id as string)
	for (const id of sent) await ada.receives((message) => message.id === id)
	const arrived = ada.inbox.entries.map(({ id }) => id).filter((id) => sent.includes(id))
	assert.deepEqual(arrived, sent)
})
