import type { Identity } from '../../../events/identity.ts'
import type { SharedChange } from '../../app-state/fetch-changes.ts'
import type { Effect } from '../../effect.ts'
import { identityOf } from '../../identity.ts'
import type { SessionState } from '../../state/index.ts'

/** What the reader of a shared change depends on. */
export type SharedDeps = {
	state: SessionState
	me(): Identity | null
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

/** Reads a change that a device of the account has made. @returns nothing if it was so before */
export type SharedReader = (change: SharedChange, deps: SharedDeps) => Effect[] | Promise<Effect[]>

/** The chat that a part of the index names. */
export const chatIn = (
	{ index }: SharedChange,
	place: number,
	{ otherName }: SharedDeps,
): Identity | null => {
	const jid = index[place]
	return jid?.includes('@') ? identityOf(jid, otherName) : null
}
