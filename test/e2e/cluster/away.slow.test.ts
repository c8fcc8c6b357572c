import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openClusterWorld } from './support/world.ts'

/** `SESSIONS=50 AWAY=600` measures what `docs/running-it-larger.md` says. */
const SESSIONS = Number(process.env.SESSIONS ?? 9)
/** In seconds: longer than a lease, so that no gateway may go on. */
const AWAY = Number(process.env.AWAY ?? 15)
const EVERY_MS = SESSIONS * 20

test('when PostgreSQL comes back to a cluster all sessions open by themselves, and nothing is lost', async (t) => {
	const world = await openClusterWorld(t)
	const first = await world.start()
	await world.link(first, SESSIONS)
	await world.start()
	const traffic = world.startTraffic(EVERY_MS)
	await traffic.underWay()
	await world.engine.stop()
	await pause(AWAY * 1000)
	await world.engine.start()
	const begun = performance.now()
	await world.untilAllOpen()
	const seconds = (performance.now() - begun) / 1000
	await traffic.stop()
	await world.assertNothingLost()
	assert.equal((await world.spread()).none, undefined)
	t.diagnostic(`away ${AWAY} s: all ${SESSIONS} open ${seconds.toFixed(1)} s after`)
})
