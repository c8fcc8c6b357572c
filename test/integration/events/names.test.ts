import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { logOf, openWorld, person } from './support/world.ts'

test('a group is called by its subject, also after it was renamed and after a restart', async (t) => {
	const { ada, gateway, group, hears, sandbox } = await openWorld(t)
	const id = await group()
	const nameIn = async (text: string, from = hears) => {
		await ada.says(text, { to: id })
		const { data } = await from('message.received', (said) => said.text === text)
		assert.deepEqual(data.sender, person(ada))
		return data.chat.name
	}
	assert.equal(await nameIn('first'), 'Three')
	ada.groups.changes(id, { subject: 'Renamed' })
	assert.equal((await hears('group.updated', ({ subject }) => subject)).data.chat.name, 'Renamed')
	assert.equal(await nameIn('second'), 'Renamed')

	await gateway.stop()
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await again.becomes('main', 'open')
	await ada.says('third', { to: id })
	const third = await until('it has come', async () =>
		(await logOf(again)).find(({ data }) => data.text === 'third'),
	)
	assert.equal(third.data.chat.name, 'Renamed')
})

test('the subject of a group from before the link is asked for when something happens in it', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	const id = ada.createsGroup('Old friends', [owner])
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	owner.scans((await gateway.request('GET', '/api/v1/sessions/main/qr')).body.qr)
	await gateway.becomes('main', 'open')
	await until('an event has the subject', async () => {
		await ada.says('Hello', { to: id })
		return (await logOf(gateway)).some(({ data }) => data.chat?.name === 'Old friends')
	})
})
