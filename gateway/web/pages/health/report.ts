import type { CheckResult } from '../../../src/doctor/run-checks.ts'

/** What `GET /gateway/checks` answers. */
export type CheckReport = {
	checked_at: string
	checks: (Omit<CheckResult, 'advice'> & { advice: string | null })[]
}

/** Trouble first; the order of the checks otherwise. */
const order = ['wrong', 'warning', 'unknown', 'fine']

export const worstFirst = (checks: CheckReport['checks']) =>
	checks.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
