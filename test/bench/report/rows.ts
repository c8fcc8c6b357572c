/** What both contenders showed in one respect; null where it was not measured. */
export type Figure = {
	name: string
	raw: number | null
	gateway: number | null
	/** What the project wants of it: of the ratio gateway / raw, or of the gateway's own figure. */
	goal?: Goal
}

export type Goal = { of: 'ratio' | 'gateway'; atLeast?: number; atMost?: number }

/** One case of one scenario: a line in the table. */
export type Row = { scenario: string; title: string; figures: Figure[]; note?: string }

export const ratioOf = ({ raw, gateway }: Figure): number | null =>
	raw && gateway !== null ? gateway / raw : null

/** Whether a goal is met; null where there is none, or nothing was measured. */
export function isMet(figure: Figure): boolean | null {
	const { goal } = figure
	const value = goal?.of === 'gateway' ? figure.gateway : ratioOf(figure)
	if (!goal || value === null) return null
	return value >= (goal.atLeast ?? -Infinity) && value <= (goal.atMost ?? Infinity)
}
