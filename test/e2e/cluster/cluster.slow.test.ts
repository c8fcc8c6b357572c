import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openClusterWorld } from './support/world.ts'

const SESSIONS = 9

test('a gateway that is told to stop gives its sessions to another, which has them all; nobody is thrown out', async (t) => {
	const world = await openClusterWorld(t)
	const first = await world.start()
	await world.link(first, SESSIONS)
	const second = await world.start()
	const traffic = world.startTraffic()
	await pause(1_000)
	const ended = once(first.process, 'exit')
	first.process.kill('SIGTERM')
	const [code] = await ended
	assert.equal(code, 0)
	await world.untilAllOpen()
	assert.deepEqual(await world.spread(), { [second.name]: SESSIONS })
	await traffic.stop()
	await world.assertNothingLost()
	assert.equal(world.replacements(), 0)
	t.diagnostic(
		`longest sends: ${world.lines.map(({ longestMs }) => Math.round(longestMs)).join(' ')} ms`,
	)
})
