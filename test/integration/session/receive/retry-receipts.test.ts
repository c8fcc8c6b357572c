import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../../support/wait.ts'
import { linkedGateway, openGateway } from '../../../support/gateway/gateway.ts'

const MAIN = '/api/v1/sessions/main'

for (const addressing of ['pn', 'lid'] as const)
	test(`a phone (${addressing}) that cannot decrypt a message gets it again, also after two restarts of the gateway`, async (t) => {
		const { gateway, sandbox } = await linkedGateway(t)
		const ben = sandbox.phone('491700000009', { name: 'Ben', addressing })
		const send = { to: ben.account.phone, text: 'first' }
		await gateway.request('POST', `${MAIN}/messages/text`, send)
		await ben.receives('first')
		ben.goesOffline()
		sandbox.whatsapp.faults.garbleMessagesTo(ben.account.phone)
		const { body } = await gateway.request('POST', `${MAIN}/messages/text`, {
			...send,
			text: 'for later',
		})
		let { stop } = gateway
		for (let restart = 0; restart < 2; restart++) {
			await stop()
			const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
			again.start()
			await again.becomes('main', 'open')
			stop = again.stop
		}
		ben.comesBack()
		const { id } = await ben.receives('for later')
		assert.equal(id, body.message_id)
		const empty = ben.inbox.entries.filter(({ message, error }) => !message && !error)
		assert.deepEqual(empty, [])
	})

test('a message that is encrypted again under its id is one event, also after a restart, and hides no other', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	const carl = sandbox.phone('491700000003', { name: 'Carl' })
	const ID = '3EB0AAAAAAAAAAAAAAAA'
	const told = async (at = gateway) => {
		const { events } = (await at.request('GET', `${MAIN}/events?limit=1000`)).body
		return events
			.filter(({ type }: any) => type === 'message.received')
			.map(({ data }: any) => [data.sender.name, data.message_id === ID, data.text])
	}
	const written: [string, boolean, string][] = [
		['Ada', true, 'same'],
		['Carl', true, 'same'],
		['Ada', false, 'next'],
	]
	for (let copy = 0; copy < 3; copy++)
		await ada.sends({ conversation: 'same' }, { to: owner, id: ID })
	await until('she is heard', async () => (await told()).length > 0)
	await carl.sends({ conversation: 'same' }, { to: owner, id: ID })
	await until('he is heard', async () => (await told()).length > 1)
	await ada.says('next', { to: owner })
	await until('she is heard again', async () => (await told()).length > 2)
	assert.deepEqual(await told(), written)
	await gateway.stop()

	await ada.sends({ conversation: 'same' }, { to: owner, id: ID })
	await ada.says('last', { to: owner })
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await until('the last is told', async () => (await told(again)).length > 3)
	assert.deepEqual(await told(again), [...written, ['Ada', false, 'last']])
})
