import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../../support/wait.ts'
import { progressOf, timeoutFor } from './support/rounds.ts'
import { openCrashWorld } from './support/world.ts'

/** `npm run test:frozen` sets more. */
const ROUNDS = Number(process.env.ROUNDS ?? 1)
/** Longer than any heartbeat is waited for. */
const FROZEN_MS = 12_000
const IN_USE = 75
const LOST = 70

test(
	`a gateway that is frozen ${ROUNDS} times keeps its directory from a second one, and goes on`,
	{ timeout: timeoutFor(ROUNDS) },
	async (t: TestContext) => {
		const world = await openCrashWorld(t)
		const traffic = world.startTraffic()
		const progress = progressOf(ROUNDS)
		for (let round = 0; round < ROUNDS; round++) {
			progress(round)
			await pause(500)
			const frozen = world.gateway()
			frozen.kill('SIGSTOP')
			await pause(FROZEN_MS)
			const second = world.spawnGateway({ PORT: '0' })
			let said = ''
			second.stderr?.on('data', (data) => (said += data))
			const [code] = await once(second, 'exit')
			assert.equal(code, IN_USE, said)
			assert.match(said, new RegExp(`in use by process ${frozen.pid} on `))
			frozen.kill('SIGCONT')
			await world.untilOpen()
		}
		await traffic.stop()
		await world.assertNothingLost(traffic)
		t.diagnostic(`${ROUNDS} rounds, ${world.summary(traffic)}`)
	},
)

test(
	'a gateway whose lock was deleted while it was frozen can change nothing, and ends',
	{ timeout: timeoutFor(ROUNDS) },
	async (t: TestContext) => {
		const world = await openCrashWorld(t, { retried: [507] })
		const traffic = world.startTraffic()
		const progress = progressOf(ROUNDS)
		for (let round = 0; round < ROUNDS; round++) {
			progress(round)
			await pause(500)
			const frozen = world.gateway()
			frozen.kill('SIGSTOP')
			await rm(join(world.dataDir, '.gateway-lock'))
			await pause(100)
			// On another port: the frozen one still has its own.
			const second = world.spawnGateway({ PORT: '0' })
			let isOver = false
			second.once('exit', () => (isOver = true))
			await until('the second one has the directory', async () => {
				assert.ok(!isOver, 'the second one ended')
				return (
					(await stagings(world.dataDir)).length === 1 &&
					(await holderOf(world.dataDir)) === second.pid
				)
			})
			await pause(1_000)
			frozen.kill('SIGCONT')
			const [code] = await once(frozen, 'exit')
			assert.equal(code, LOST)
			second.kill('SIGTERM')
			await once(second, 'exit')
			void world.start()
			await world.untilOpen()
		}
		await traffic.stop()
		await world.assertNothingLost(traffic)
		t.diagnostic(`${ROUNDS} rounds, ${world.summary(traffic)}`)
	},
)

const stagings = async (dataDir: string) =>
	(await readdir(dataDir)).filter((name) => name.startsWith('.staging-'))

async function holderOf(dataDir: string): Promise<number | undefined> {
	const text = await readFile(join(dataDir, '.holder'), 'utf8').catch(() => undefined)
	return text ? (JSON.parse(text) as { pid: number }).pid : undefined
}
