import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { ROOT } from '../../support/paths.ts'
import { progressOf, timeoutFor } from './support/rounds.ts'
import { openCrashWorld } from './support/world.ts'

/** `npm run test:kills` sets more. */
const KILLS = Number(process.env.KILLS ?? 50)
const POINTS = ['before commit', 'within commit', 'after commit', 'before frame', 'after frame']
const KILL_AT = join(ROOT, 'test/e2e/crash/support/kill-at.ts')

test(
	`${KILLS} kills at random and at named points lose, double and reorder nothing`,
	{ timeout: timeoutFor(KILLS) },
	async (t: TestContext) => {
		const world = await openCrashWorld(t)
		const traffic = world.startTraffic()
		let { exited } = world
		let missed = 0
		const progress = progressOf(KILLS)
		for (let kill = 0; kill < KILLS; kill++) {
			progress(kill)
			const ownEnd = kill > 0 && kill % 2 === 0
			if (!ownEnd) {
				await pause(randomInt(300))
				world.gateway().kill('SIGKILL')
			} else {
				const patience = setTimeout(() => {
					missed++
					world.gateway().kill('SIGKILL')
				}, 60_000)
				await exited
				clearTimeout(patience)
			}
			await exited
			const atPoint = kill % 2 === 1 && kill + 1 < KILLS
			const point = {
				KILL_POINT: POINTS[(kill >> 1) % POINTS.length]!,
				KILL_COUNT: String(randomInt(25, 70)),
			}
			exited = atPoint ? world.start(point, [KILL_AT]) : world.start()
			if (!atPoint) await world.untilOpen()
		}
		await traffic.stop()
		await world.assertNothingLost(traffic)
		assert.ok(missed <= KILLS / 10, `${missed} kills did not come to their point`)
		t.diagnostic(`${KILLS} kills, ${world.summary(traffic)}`)
	},
)
