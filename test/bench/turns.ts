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

/** One figure of the benchmark over all turns. */
export type TurnRow = {
	title: string
	figure: string
	/** Of raw Baileys. */
	raw: Spread
	/** Of each build, in their order: its figure to that of raw Baileys in the same turn. */
	ratios: Spread[]
	/** Of each build, in their order. */
	own: Spread[]
}

/** The figures that are compared from turn to turn. Rates follow from them. */
const FIGURES = ['CPU ms/message', 'p50 ms', 'start-up s', 'start-up CPU ms', 'memory MB']

/**
 * Measures each build in each turn, beside raw Baileys: what else the machine does then meets all of them. The order is
 * turned round from one turn to the next.
 */
export async function takeTurns({ builds, turns, measure, say }: TurnsOptions): Promise<TurnRow[]> {
	const cases = new Map<string, Pick<TurnRow, 'title' | 'figure'>>()
	const raws = new Map<string, number[]>()
	const ratios = new Map<string, number[]>()
	const own = new Map<string, number[]>()
	for (let turn = 0; turn < turns; turn++) {
		const rawLast = turn % 2 === 1
		for (const gateway of rawLast ? [...builds].reverse() : builds) {
			say(`turn ${turn + 1} of ${turns}: ${gateway}`)
			for (const { scenario, title, figures } of await measure({ gateway, rawLast })) {
				for (const figure of figures.filter(({ name }) => FIGURES.includes(name))) {
					const ratio = ratioOf(figure)
					if (!ratio) continue
					const row = { title: `${scenario}, ${title}`, figure: figure.name }
					const id = JSON.stringify(row)
					cases.set(id, row)
					add(raws, id, figure.raw!)
					add(ratios, id + gateway, ratio)
					add(own, id + gateway, figure.gateway!)
				}
			}
		}
	}
	return [...cases].map(([id, row]) => ({
		...row,
		raw: spreadOf(raws.get(id) ?? []),
		ratios: builds.map((gateway) => spreadOf(ratios.get(id + gateway) ?? [])),
		own: builds.map((gateway) => spreadOf(own.get(id + gateway) ?? [])),
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
