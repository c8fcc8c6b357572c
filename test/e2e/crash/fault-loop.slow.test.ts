import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { HOUR_MS, DAY_MS } from '../../../gateway/src/lib/units.ts'
import { ROOT } from '../../support/paths.ts'
import { canLimitDescriptors, exhaustDescriptors } from './support/descriptors.ts'
import { fillDisk, smallDisk } from '../../support/small-disk.ts'
import { progressOf, timeoutFor } from './support/rounds.ts'
import { openCrashWorld } from './support/world.ts'

/** `npm run test:faults` sets more; `FAULT=descriptors` makes only those. */
const ROUNDS = Number(process.env.ROUNDS ?? 12)
const DISK_BYTES = 192 * 1024 * 1024
const OTHER_CLOCK = join(ROOT, 'test/support/other-clock.ts')
const OFFSETS = [-DAY_MS, -HOUR_MS, HOUR_MS, DAY_MS]

type World = Awaited<ReturnType<typeof openCrashWorld>>

async function restart({ gateway, start }: World, signal: NodeJS.Signals, clock?: number) {
	const ended = once(gateway(), 'exit')
	gateway().kill(signal)
	await ended
	if (clock === undefined) void start()
	else void start({ CLOCK_OFFSET: String(clock) }, [OTHER_CLOCK])
}

const faults = {
	kill: (world) => restart(world, 'SIGKILL'),
	stop: (world) => restart(world, 'SIGTERM'),
	clock: (world) => restart(world, 'SIGKILL', OFFSETS[randomInt(OFFSETS.length)]),
	async freeze({ gateway }) {
		gateway().kill('SIGSTOP')
		await pause(randomInt(1_500))
		gateway().kill('SIGCONT')
	},
	async fullDisk({ dataDir }) {
		const free = await fillDisk(dataDir)
		await pause(randomInt(1_000))
		await free()
	},
	/** Nothing more can be opened: no file, no connection. */
	async descriptors({ gateway }) {
		const free = await exhaustDescriptors(gateway().pid!)
		await pause(randomInt(1_500))
		await free()
	},
	async cut({ cut }) {
		cut()
	},
} satisfies Record<string, (world: World) => Promise<void>>

test(
	`${ROUNDS} faults of all kinds under traffic lose, double and reorder nothing`,
	{ timeout: timeoutFor(ROUNDS) },
	async (t: TestContext) => {
		const dataDir = await smallDisk(t, DISK_BYTES)
		const world = await openCrashWorld(t, { retried: [504, 507], ...(dataDir && { dataDir }) })
		const traffic = world.startTraffic()
		const possible: Record<string, boolean> = {
			fullDisk: Boolean(dataDir),
			descriptors: canLimitDescriptors,
		}
		const only = process.env.FAULT
		const kinds = Object.entries(faults).filter(
			([kind]) => possible[kind] !== false && (!only || kind === only),
		)
		const counts: Record<string, number> = {}
		const progress = progressOf(ROUNDS)
		for (let round = 0; round < ROUNDS; round++) {
			progress(round)
			await pause(randomInt(500))
			const [kind, make] = kinds[round % kinds.length]!
			counts[kind] = (counts[kind] ?? 0) + 1
			await make(world)
			await world.untilOpen()
		}
		await traffic.stop()
		await world.assertNothingLost(traffic)
		t.diagnostic(`${JSON.stringify(counts)}: ${world.summary(traffic)}`)
	},
)
