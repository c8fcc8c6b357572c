import type { TestContext } from 'node:test'
import type { SetUp } from '../support/set-up.ts'

/** A set-up that is broken in one way, and what is said about it. */
export type Broken = {
	what: string
	/** @returns undefined where this user cannot make such a set-up */
	make(t: TestContext): SetUp | Promise<SetUp | undefined>
	check: string
	state: 'wrong' | 'warning' | 'unknown'
	says: RegExp
	advises?: RegExp
}

/** Nothing but these settings. */
export const set = (env: NodeJS.ProcessEnv) => (): SetUp => ({ env })
