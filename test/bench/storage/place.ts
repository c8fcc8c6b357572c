import type { TestContext } from 'node:test'
import type { Postgres } from '../../support/postgres.ts'

/** Where state is kept while it is measured. */
export type Place = { directory: string; server: Postgres }

/** Stands for a test: helpers of tests clean up with it. */
export async function withContext(act: (t: TestContext) => Promise<void>): Promise<void> {
	const ends: (() => unknown)[] = []
	const t = { after: (end: () => unknown) => ends.push(end) } as unknown as TestContext
	try {
		await act(t)
	} finally {
		for (const end of ends) await end()
	}
}

export const refuseLoss = (error: Error): never => {
	throw error
}

export const ratio = (one: number, other: number): string => (one / other).toFixed(2)
