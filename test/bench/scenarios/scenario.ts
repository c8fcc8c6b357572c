import type { Contender, SendWork } from '../contenders/contender.ts'
import { measure, type Measurement } from '../measure/measure.ts'
import type { Figure, Goal, Row } from '../report/rows.ts'
import type { Sizes } from '../sizes.ts'
import type { Turn, World } from '../world.ts'

export type Bench = { world: World; turn: Turn; sizes: Sizes; say(line: string): void }

/** Something that is measured by itself: starts both contenders, gives a row per case, and stops them. */
export type Scenario = {
	name: string
	/** What is measured, in a line. */
	about: string
	run(bench: Bench): Promise<Omit<Row, 'scenario'>[]>
}

/** The same for each contender; null where it was left out. */
export type Sides<T> = { raw: T | null; gateway: T | null }

/** Does something with each contender, one after the other: neither works while the other is measured. */
export async function withEach<T>(
	contenders: Contender[],
	task: (contender: Contender) => Promise<T>,
): Promise<Sides<T>> {
	const sides: Sides<T> = { raw: null, gateway: null }
	for (const contender of contenders) sides[contender.name] = await task(contender)
	return sides
}

export function figure<T>(
	name: string,
	sides: Sides<T>,
	of: (side: T) => number,
	goal?: Goal,
): Figure {
	const value = (side: T | null) => (side === null ? null : of(side))
	return { name, raw: value(sides.raw), gateway: value(sides.gateway), ...(goal && { goal }) }
}

type Goals = { perSecond?: Goal; cpuMs?: Goal; p99?: Goal }

/** The figures of a series of messages. */
export function seriesFigures(sides: Sides<Measurement>, goals: Goals = {}): Figure[] {
	return [
		figure('messages/s', sides, (side) => side.perSecond, goals.perSecond),
		figure('CPU ms/message', sides, (side) => side.cpuMs, goals.cpuMs),
		figure('p50 ms', sides, (side) => side.p50),
		figure('p95 ms', sides, (side) => side.p95),
		figure('p99 ms', sides, (side) => side.p99, goals.p99),
		figure('sandbox CPU ms', sides, (side) => side.sandboxCpuMs),
	]
}

type Series = Pick<SendWork, 'to' | 'count' | 'file'> & { parallel?: number }

/** Measures texts, or files, that the contender sends from an account. */
export function measureSends(
	{ world, sizes }: Bench,
	contender: Contender,
	from: string,
	{ parallel = 1, ...series }: Series,
): Promise<Measurement> {
	const work = { from, parallel, limitMs: sizes.limitMs, ...series }
	return measure(world, contender, () => contender.send(work))
}

/** Starts both contenders for the length of a task. */
export async function withContenders<T>(
	{ world, turn }: Bench,
	task: (contenders: Contender[]) => Promise<T>,
): Promise<T> {
	const contenders = await world.contenders(turn)
	try {
		return await task(contenders)
	} finally {
		await world.dismiss(contenders)
	}
}
