import { setTimeout as sleep } from 'node:timers/promises'
import type { Contender } from '../contenders/contender.ts'
import { inParallel } from '../measure/parallel.ts'
import { liveHeapMb } from '../measure/heap.ts'
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

type Started = { seconds: number; cpuMs: number; asSeen: number; resident: number; heap: number }

export const sessions: Scenario = {
	name: 'sessions',
	about: 'Starting with linked sessions until all are open, then the memory they take while idle',
	run: (bench) =>
		withContenders(bench, async (contenders) => {
			const rows: Omit<Row, 'scenario'>[] = []
			let one: Sides<Started> | undefined
			let linked = 0
			for (const count of bench.sizes.sessions) {
				bench.say(`sessions: ${count}`)
				const more = count - linked
				const sides = await withEach(contenders, async (contender) => {
					await linkMore(bench, contender, more)
					return start(bench, contender)
				})
				one ??= sides
				linked = count
				const added = count > 1 ? perSession(one, sides, count) : []
				rows.push({ title: `${count} linked`, figures: [...figuresOf(sides), ...added] })
			}
			return rows
		}),
}

async function linkMore(bench: Bench, contender: Contender, count: number): Promise<void> {
	await inParallel(count, LINKING_AT_ONCE, async () => {
		await linkedAccount(bench, contender)
	})
}

async function start({ sizes }: Bench, contender: Contender): Promise<Started> {
	const seconds = await contender.restart()
	const used = cpuMs(contender.pid)
	await sleep(sizes.idleMs)
	const asSeen = residentMb(contender.pid)
	const heap = await liveHeapMb(contender.pid, contender.inspectPort)
	return { seconds, cpuMs: used, asSeen, heap, resident: residentMb(contender.pid) }
}

function figuresOf(sides: Sides<Started>) {
	return [
		figure('start-up s', sides, (side) => side.seconds),
		figure('start-up CPU ms', sides, (side) => side.cpuMs),
		figure('memory MB', sides, (side) => side.asSeen),
		figure('without garbage', sides, (side) => side.resident),
	]
}

/** What each session adds to a process that has one. */
function perSession(one: Sides<Started>, many: Sides<Started>, count: number) {
	const added = (of: 'resident' | 'heap') => (side: 'raw' | 'gateway') =>
		(many[side]![of] - one[side]![of]) / (count - 1)
	const both = (value: (side: 'raw' | 'gateway') => number) => ({
		raw: value('raw'),
		gateway: value('gateway'),
	})
	const goal = { of: 'ratio', atMost: 0.6 } as const
	return [
		{ name: 'MB per idle session', ...both(added('resident')), goal },
		{ name: 'its heap MB', ...both(added('heap')) },
	]
}
