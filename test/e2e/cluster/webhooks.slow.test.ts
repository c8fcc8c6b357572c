import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { until } from '../../support/wait.ts'
import { openClusterWorld, type ClusterNode } from './support/world.ts'

/** `KILLS=50` measures what `docs/running-it-larger.md` says. */
const KILLS = Number(process.env.KILLS ?? 3)
const SESSIONS = 9
const GATEWAYS = 3
const EVERY_MS = 150
const PATIENCE = { timeout: 60_000 }

test('webhooks of sessions whose gateways are killed again and again come all, in order, a repeat with the same id', async (t) => {
	const world = await openClusterWorld(t)
	const receiver = await openReceiver(t)
	const env = { WEBHOOK_ALLOW: '127.0.0.1' }
	const nodes = [await world.start(env)]
	await world.link(nodes[0]!, SESSIONS)
	for (const { id } of world.lines)
		await nodes[0]!.request('POST', `/api/v1/sessions/${id}/webhooks`, {
			url: receiver.url,
			events: ['message.received'],
		})
	while (nodes.length < GATEWAYS) nodes.push(await world.start(env))
	const traffic = world.startTraffic(EVERY_MS)
	await traffic.underWay()
	for (let kill = 0; kill < KILLS; kill++) {
		const spread = await world.spread()
		const countOf = ({ name }: ClusterNode) => spread[name] ?? 0
		const busiest = nodes.reduce((one, other) => (countOf(other) > countOf(one) ? other : one))
		nodes.splice(nodes.indexOf(busiest), 1, await world.start(env))
		await busiest.kill()
		await world.untilTakenOver(busiest)
		await world.untilAllOpen()
	}
	await traffic.stop()

	await until(
		'every message is told',
		() => {
			const told = new Set(receiver.texts())
			return world.lines.every(({ said }) => said.every((text) => told.has(text)))
		},
		PATIENCE,
	)
	const idsOf = new Map<string, Set<unknown>>()
	for (const { event, headers } of receiver.posts) {
		const ids = idsOf.get(event.data.text) ?? new Set()
		idsOf.set(event.data.text, ids.add(headers['webhook-id']))
	}
	for (const { id, said } of world.lines) {
		const first = [...idsOf.keys()].filter((text) => said.includes(text))
		assert.deepEqual(first, said, `the webhooks of ${id} come in order`)
	}
	assert.ok([...idsOf.values()].every(({ size }) => size === 1))
	await world.assertNothingLost()
	assert.equal(world.replacements(), 0)
	const messages = world.lines.reduce((sum, { said }) => sum + said.length, 0)
	t.diagnostic(`${KILLS} kills, ${messages} messages, ${receiver.posts.length - messages} repeats`)
})
