import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { logOf, openWorld } from './support/world.ts'

const undecryptable = ({ type }: { type: string }) => type === 'message.undecryptable'

test('a message that is decrypted in time is a normal message', async (t) => {
	const { ada, carl, hears, gateway, cannotRead } = await openWorld(t)
	const id = await cannotRead(ada, 'sent again')
	ada.comesBack()
	await hears('message.received', ({ message_id }) => message_id === id)
	const lost = await cannotRead(carl, 'never read')
	await hears('message.undecryptable')
	const told = (await logOf(gateway)).filter(undecryptable)
	assert.deepEqual(
		told.map(({ data }) => data.message_id),
		[lost],
	)
})

test('the wait for an undecryptable message survives a restart, and it is reported once', async (t) => {
	const { ada, sandbox, gateway, hears, cannotRead } = await openWorld(t)
	const { dataDir } = gateway
	await gateway.stop()
	const open = async (options: { patienceMs?: number; log?: string[] }) => {
		const opened = await openGateway(t, { sandbox, dataDir, ...options })
		opened.start()
		await opened.becomes('main', 'open')
		return opened
	}
	const log: string[] = []
	const patient = await open({ log })
	const id = await cannotRead(ada, 'lost')
	await until('it is noticed', () => log.some((line) => line.includes('not decrypted')))
	await patient.stop()
	const second = await open({ patienceMs: 1 })
	const { data } = await hears('message.undecryptable')
	assert.equal(data.message_id, id)
	await second.stop()
	const third = await open({ patienceMs: 1 })
	assert.equal((await logOf(third)).filter(undecryptable).length, 1)
})
