import type { TurnRow } from '../turns.ts'
import { isMet, ratioOf, type Figure, type Row } from './rows.ts'

/** A number with as many digits as it deserves. */
function short(value: number | null): string {
	if (value === null) return '–'
	const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
	return value.toFixed(digits)
}

function cell(figure: Figure | undefined): string {
	if (!figure) return ''
	const ratio = ratioOf(figure)
	const shown = `${short(figure.raw)} → ${short(figure.gateway)}`
	return ratio === null ? shown : `${shown} (${short(ratio)}×)`
}

function aligned(lines: string[][]): string[] {
	const widths = lines[0]!.map((_, column) =>
		Math.max(...lines.map((line) => line[column]!.length)),
	)
	const [head, ...rest] = lines.map(
		(line) => `| ${line.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`,
	)
	return [head!, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest]
}

/** One scenario as a Markdown table: a line per case, in each cell `raw → gateway (ratio)`. */
export function tableOf(scenario: string, rows: Row[]): string {
	const widestFirst = rows.toSorted((a, b) => b.figures.length - a.figures.length)
	const names = [...new Set(widestFirst.flatMap(({ figures }) => figures.map(({ name }) => name)))]
	const lines = rows.map(({ title, figures, note }) => {
		const cells = names.map((name) => cell(figures.find((figure) => figure.name === name)))
		return [note ? `${title}: ${note}` : title, ...cells]
	})
	return aligned([[scenario, ...names], ...lines]).join('\n')
}

/**
 * The rows of several turns as a Markdown table: raw Baileys' figure, each build's, and its ratio to raw Baileys in the
 * same turn, as medians with the least and the most of the turns.
 */
export function turnsTable(builds: readonly string[], rows: readonly TurnRow[]): string {
	const head = ['case', 'figure', 'raw', ...builds]
	const lines = rows.map(({ title, figure, raw, ratios, own }) => [
		title,
		figure,
		short(raw.median),
		...ratios.map(
			({ median, least, most }, n) =>
				`${short(own[n]!.median)}, ${short(median)}× (${short(least)}–${short(most)})`,
		),
	])
	return aligned([head, ...lines]).join('\n')
}

/** What is wanted, and whether it is so. */
export function goalsOf(rows: Row[]): string {
	const lines = rows.flatMap((row) =>
		row.figures.flatMap((figure) => {
			const met = isMet(figure)
			return met === null ? [] : [goalLine(row, figure, met)]
		}),
	)
	return lines.join('\n')
}

function goalLine({ scenario, title }: Row, figure: Figure, met: boolean): string {
	const { of, atLeast, atMost } = figure.goal!
	const value = of === 'ratio' ? ratioOf(figure) : figure.gateway
	const unit = of === 'ratio' ? '×' : ''
	const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
	const what = `${scenario}, ${title}, ${figure.name}`
	return `${met ? 'met   ' : 'missed'}  ${what}: ${short(value)}${unit}, wanted ${bound}${unit}`
}
