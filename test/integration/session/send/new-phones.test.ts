import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Frame } from '../../../../gateway/src/sandbox/server/frame-log.ts'
import { linkedGateway, openGateway, type TestGateway } from '../../../support/gateway/gateway.ts'
import { isRetry } from '../../../support/is-retry.ts'
import { until } from '../../../support/wait.ts'

const MAIN = '/api/v1/sessions/main'

type World = Awaited<ReturnType<typeof linkedGateway>>

const toldChanges = async (gateway: TestGateway) => {
	const { events } = (await gateway.request('GET', `${MAIN}/events?limit=1000`)).body
	return events.filter(({ type }: any) => type === 'contact.identity').length
}

/** Ada gets a new phone, and the gateway is told. */
async function reinstalls({ ada }: World, gateway: TestGateway) {
	const before = await toldChanges(gateway)
	ada.reinstalls()
	await until('the change is told', async () => (await toldChanges(gateway)) > before)
}

async function reopened({ sandbox }: World, { dataDir }: TestGateway, t: TestContext) {
	const gateway = await openGateway(t, { dataDir, sandbox })
	gateway.start()
	await gateway.becomes('main', 'open')
	return gateway
}

/** Ada gets a new phone while the gateway is away. @returns the gateway that was told when it came back */
async function reinstallsMeanwhile(world: World, t: TestContext) {
	await world.gateway.stop()
	world.ada.reinstalls()
	const gateway = await reopened(world, world.gateway, t)
	await until('the change is told', async () => (await toldChanges(gateway)) > 0)
	return gateway
}

/** How Ada gets a new phone; resolves to the gateway that writes to her next. */
const changes: Record<string, (world: World, t: TestContext) => Promise<TestGateway>> = {
	async once(world) {
		await reinstalls(world, world.gateway)
		return world.gateway
	},
	async 'twice within five seconds'(world) {
		await reinstalls(world, world.gateway)
		await reinstalls(world, world.gateway)
		return world.gateway
	},
	'while the gateway was away': reinstallsMeanwhile,
	async 'while the gateway was away, which then started once more'(world, t) {
		const gateway = await reinstallsMeanwhile(world, t)
		await gateway.stop()
		return reopened(world, gateway, t)
	},
}

const messages = {
	text: { text: 'hello again' },
	location: { latitude: 1, longitude: 2 },
}

for (const [how, change] of Object.entries(changes))
	for (const [kind, content] of Object.entries(messages))
		test(`a person who got a new phone ${how} reads the next ${kind} at once`, async (t) => {
			const world = await linkedGateway(t)
			const { sandbox, owner, ada } = world
			const to = ada.account.phone
			await world.gateway.request('POST', `${MAIN}/messages/text`, { to, text: 'first' })
			await ada.receives('first')
			await ada.says('answer', { to: owner })
			const retries: Frame[] = []
			const gateway = await change(world, t)
			sandbox.whatsapp.log.listen((frame) => void (isRetry(frame) && retries.push(frame)))
			const sent = await gateway.request('POST', `${MAIN}/messages/${kind}`, { to, ...content })
			assert.equal(sent.status, 200, sent.text)
			const { message_id } = sent.body
			const { copies } = await ada.receives(({ id, message }) => id === message_id && !!message)
			assert.deepEqual([copies, retries], [1, []])
		})
