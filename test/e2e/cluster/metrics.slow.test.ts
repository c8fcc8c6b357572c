import { test } from 'node:test'
import { CLUSTER_METRICS } from '../../integration/monitoring/support/cluster-metrics.ts'
import { parseMetrics } from '../../integration/monitoring/support/prometheus.ts'
import { ADMIN_KEY } from '../../support/gateway-process.ts'
import { until } from '../../support/wait.ts'
import { openClusterWorld } from './support/world.ts'

test('every gateway of a cluster tells how many there are, and whether a session is at none', async (t) => {
	const world = await openClusterWorld(t)
	const first = await world.start()
	const second = await world.start()
	await world.link(first, 1)
	const told = async ({ url }: typeof first) => {
		const answer = await fetch(`${url}/metrics`, { headers: { 'x-api-key': ADMIN_KEY } })
		const { value } = parseMetrics(await answer.text())
		return CLUSTER_METRICS.map((name) => value(name))
	}
	const is = (expected: number[]) => async (node: typeof first) =>
		until(
			`${node.name} tells ${expected}`,
			async () => String(await told(node)) === String(expected),
		)
	await Promise.all([first, second].map(is([2, 1, 0])))
	await second.stop()
	await is([1, 1, 0])(first)
})
