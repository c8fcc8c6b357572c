import { setTimeout as sleep } from 'node:timers/promises'
import type { Contender } from '../contenders/contender.ts'
import { inParallel } from '../measure/parallel.ts'
import { cpuMs, residentMb } from '../measure/usage.ts'
import type { Row } from '../report/rows.ts'
import { linkedAccount } from './accounts.ts'
import {
	figure,
	withContenders,
	withEach,
	type Bench,
	type Scenario,
	type Sides,
} from './scenario.ts'

const LINKING_AT_ONCE = 4

type Started = { seconds: number; cpuMs: number; mb: number; mbPerSession: number }

export const sessions: Scenario = {
	name: 'sessions',
	about: 'Starting with linked sessions until all are open, then the memory they take while idle',
	run: (bench) =>
		withContenders(bench, async (contenders) => {
			const rows: Omit<Row, 'scenario'>[] = []
			let one: Sides<Started> = { raw: null, gateway: null }
			let linked = 0
			for (const count of bench.sizes.sessions) {
				bench.say(`sessions: ${count}`)
				const more = count - linked
				const sides = await withEach(contenders, async (contender) => {
					await linkMore(bench, contender, more)
					return startWith(bench, contender, count, one[contender.name])
				})
				if (linked === 0) one = sides
				linked = count
				rows.push({ title: `${count} linked`, figures: figuresOf(sides, count > 1) })
			}
			return rows
		}),
}

async function linkMore(bench: Bench, contender: Contender, count: number): Promise<void> {
	await inParallel(count, LINKING_AT_ONCE, async () => {
		await linkedAccount(bench, contender)
	})
}

async function startWith(
	{ sizes }: Bench,
	contender: Contender,
	count: number,
	one: Started | null,
): Promise<Started> {
	const seconds = await contender.restart()
	const used = cpuMs(contender.pid)
	await sleep(sizes.idleMs)
	const mb = residentMb(contender.pid)
	// What the process needs by itself is no session's share.
	const mbPerSession = one ? (mb - one.mb) / (count - 1) : mb
	return { seconds, cpuMs: used, mb, mbPerSession }
}

function figuresOf(sides: Sides<Started>, hasMany: boolean) {
	const goal = { of: 'ratio', atMost: 0.6 } as const
	return [
		figure('start-up s', sides, (side) => side.seconds),
		figure('start-up CPU ms', sides, (side) => side.cpuMs),
		figure('memory MB', sides, (side) => side.mb),
		...(hasMany ? [figure('MB per idle session', sides, (side) => side.mbPerSession, goal)] : []),
	]
}
