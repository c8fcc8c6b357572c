import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fillDisk, smallDisk } from '../../support/small-disk.ts'
import { progressOf, timeoutFor } from './support/rounds.ts'
import { openCrashWorld } from './support/world.ts'

/** `npm run test:full-disk` sets more. */
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const DISK_BYTES = 24 * 1024 * 1024
/** As promised; the gateway tries every five seconds. */
const RECOVERY_MS = 30_000

test(
	`a disk that is filled and freed ${ROUNDS} times under traffic costs no message`,
	{ timeout: timeoutFor(ROUNDS) },
	async (t: TestContext) => {
		const dataDir = await smallDisk(t, DISK_BYTES)
		if (!dataDir) return t.skip('mounting a small disk needs rights that this user has not')
		const world = await openCrashWorld(t, { dataDir, retried: [507] })
		const traffic = world.startTraffic()
		let slowest = 0
		const progress = progressOf(ROUNDS)
		for (let round = 0; round < ROUNDS; round++) {
			progress(round)
			await pause(300)
			const free = await fillDisk(dataDir)
			const asked = await untilRefused(world.request)
			assert.equal(asked.status, 507, JSON.stringify(asked.body))
			assert.equal((await world.request('GET', '/health')).status, 200)
			await free()
			slowest = Math.max(slowest, await world.untilOpen())
		}
		await traffic.stop()
		await world.assertNothingLost(traffic)
		assert.ok(slowest < RECOVERY_MS, `open again after ${Math.round(slowest)} ms`)
		t.diagnostic(`${world.summary(traffic)}, open again after ${Math.round(slowest)} ms at most`)
	},
)

/** Sends until the answer is another than that it was sent: a disk may be full and still take a little. */
async function untilRefused(request: (method: string, path: string, body: object) => Promise<any>) {
	for (;;) {
		const body = { to: '905320000099', text: 'is there space?' }
		const answer = await request('POST', '/api/v1/sessions/main/messages/text', body)
		if (![200, 202, 422].includes(answer.status)) return answer
	}
}
