import { ratioOf, type Row } from './report/rows.ts'
import type { Turn } from './world.ts'

export type TurnsOptions = {
	/** Main files of gateways. */
	builds: readonly string[]
	turns: number
	measure(turn: Turn): Promise<Row[]>
	say(line: string): void
}

/** The median of the turns, and the least and the most. */
export type Spread = { median: number; least: number; most: number }

/** One row of the benchmark over all turns: processor time per message. */
export type TurnRow = {
	title: string
	/** Milliseconds of raw Baileys. */
	raw: Spread
	/** Of each build, in their order: its time to that of raw Baileys in the same turn. */
	ratios: Spread[]
}

const FIGURE = 'CPU ms/message'

/**
 * Measures each build in each turn, beside raw Baileys: what else the machine does then meets all of them. The order is
 * turned round from one turn to the next.
 */
export async function takeTurns({ builds, turns, measure, say }: TurnsOptions): Promise<TurnRow[]> {
	const titles = new Set<string>()
	const raws = new Map<string, number[]>()
	const ratios = new Map<string, number[]>()
	for (let turn = 0; turn < turns; turn++) {
		const rawLast = turn % 2 === 1
		for (const gateway of rawLast ? [...builds].reverse() : builds) {
			say(`turn ${turn + 1} of ${turns}: ${gateway}`)
			for (const { scenario, title, figures } of await measure({ gateway, rawLast })) {
				const figure = figures.find(({ name }) => name === FIGURE)
				const ratio = figure && ratioOf(figure)
				if (!ratio) continue
				const name = `${scenario}, ${title}`
				titles.add(name)
				add(raws, name, figure.raw!)
				add(ratios, `${name} ${gateway}`, ratio)
			}
		}
	}
	return [...titles].map((title) => ({
		title,
		raw: spreadOf(raws.get(title) ?? []),
		ratios: builds.map((gateway) => spreadOf(ratios.get(`${title} ${gateway}`) ?? [])),
	}))
}

function add(into: Map<string, number[]>, name: string, value: number): void {
	into.set(name, [...(into.get(name) ?? []), value])
}

function spreadOf(values: number[]): Spread {
	const sorted = values.toSorted((a, b) => a - b)
	const middle = Math.floor(sorted.length / 2)
	const median =
		sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
	return { median, least: sorted[0] ?? NaN, most: sorted.at(-1) ?? NaN }
}
