import { setTimeout as sleep } from 'node:timers/promises'
import type { Contender } from '../contenders/contender.ts'
import { measure, type Measurement } from '../measure/measure.ts'
import { inParallel } from '../measure/parallel.ts'
import { datedText } from '../measure/texts.ts'
import type { Row } from '../report/rows.ts'
import type { World } from '../world.ts'
import { hearsAll, linkedAccount, makeThemAnswer } from './accounts.ts'
import { seriesFigures, withContenders, withEach, type Bench, type Scenario } from './scenario.ts'

/** How many people write at a steady rate. */
const STEADY_WRITERS = 10
const AT_ONCE = 16
const LAST_ONE_WITHIN = 60_000

export type Writing = {
	/** An account, or a group that it is in. */
	to: string
	writers: string[]
	count: number
	/** As fast as possible, if left out. */
	perSecond?: number
}

/** Measures how people's messages reach what was built on the contender: its listener, or a webhook. */
export async function measureReceiving(
	{ world }: Bench,
	contender: Contender,
	account: string,
	writing: Writing,
): Promise<Measurement> {
	await contender.listen(account)
	return measure(world, contender, async () => {
		const begin = performance.now()
		const everything = hearsAll(contender, writing.count, LAST_ONE_WITHIN)
		const [latencies] = await Promise.all([everything, write(world, writing)])
		return { latencies, seconds: (performance.now() - begin) / 1000 }
	})
}

async function write(
	world: World,
	{ to, writers, count, perSecond = Infinity }: Writing,
): Promise<void> {
	const begin = performance.now()
	await inParallel(count, AT_ONCE, async (index) => {
		const due = begin + (index * 1000) / perSecond
		if (due > performance.now()) await sleep(due - performance.now())
		await world.says(writers[index % writers.length]!, to, datedText())
	})
}

export const receive: Scenario = {
	name: 'receive',
	about: "People write; latency is until raw Baileys' listener, or the webhook's receiver, has it",
	run: (bench) =>
		withContenders(bench, async (contenders) => {
			const { world, sizes, say } = bench
			const { rates, seconds, atOnce, bursts } = sizes.receive
			const most = Math.max(STEADY_WRITERS, ...bursts)
			const writers = await world.people(most)
			const accounts = await withEach(contenders, async (contender) => {
				const account = await linkedAccount(bench, contender, { listens: false })
				await contender.send({ from: account, to: writers, count: writers.length, ...firstWords })
				await makeThemAnswer(bench, contender, account, writers)
				return account
			})
			const both = (by: number, writing: Omit<Writing, 'to' | 'writers'>) =>
				withEach(contenders, (contender) => {
					const to = accounts[contender.name]!
					const some = { to, writers: writers.slice(0, by), ...writing }
					return measureReceiving(bench, contender, to, some)
				})

			await both(STEADY_WRITERS, { count: sizes.warmUp })
			const rows: Omit<Row, 'scenario'>[] = []
			for (const perSecond of rates) {
				say(`receive: ${perSecond} a second`)
				const steady = await both(STEADY_WRITERS, { count: perSecond * seconds, perSecond })
				const p99 = { of: 'gateway', atMost: 100 } as const
				rows.push({ title: `at ${perSecond}/s`, figures: seriesFigures(steady, { p99 }) })
			}
			for (const by of bursts) {
				say(`receive: ${atOnce} as fast as possible, from ${by}`)
				const fast = await both(by, { count: atOnce })
				rows.push({ title: `as fast as possible, from ${by}`, figures: seriesFigures(fast) })
			}
			return rows
		}),
}

const firstWords = { parallel: 1, limitMs: 60_000 }
