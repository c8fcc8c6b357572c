import type { Machine } from './machine.ts'
import { isMet, ratioOf, type Row } from './rows.ts'

/** Everything that was measured, with the ratios and whether the goals are met. */
export function reportOf(machine: Machine, rows: Row[]) {
	const shown = rows.map((row) => ({
		...row,
		figures: row.figures.map((figure) => ({
			...figure,
			ratio: ratioOf(figure),
			met: isMet(figure),
		})),
	}))
	return { machine, rows: shown }
}

export type Report = ReturnType<typeof reportOf>
