import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { GatewayError } from '../../errors.ts'
import { DamagedError } from '../driver.ts'
import { StateKeyError } from '../json/encryption.ts'
import { NewerFormatError } from '../json/format.ts'
import { LockedError } from '../json/lock.ts'
import { CopyError } from '../copy-error.ts'
import { UnfitDatabaseError } from '../unfit-database.ts'

/**
 * What an error of PostgreSQL means: `transient` may be gone at the next attempt, and whether a commit was made is not
 * known; `full` passes when a person does something; `bug` happens again at each attempt.
 */
export type FailureKind = 'transient' | 'full' | 'bug'

/** Classes of SQLSTATE, or whole codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const kinds: [start: string, kind: FailureKind][] = [
	['08', 'transient'],
	['25006', 'full'],
	// A password that is being changed, a database that is being replaced.
	['28', 'transient'],
	['3D', 'transient'],
	['40', 'transient'],
	['53300', 'transient'],
	['53', 'full'],
	['54', 'full'],
	['55', 'transient'],
	['57', 'transient'],
	['58', 'full'],
]

export function failureKindOf(error: unknown): FailureKind {
	if (error instanceof pg.DatabaseError && error.code !== undefined) return kindOfCode(error.code)
	// Whatever else pg tells is of the connection: it failed, or there was no answer in time.
	return ours.some((kind) => error instanceof kind) ? 'bug' : 'transient'
}

const kindOfCode = (code: string): FailureKind =>
	kinds.find(([start]) => code.startsWith(start))?.[1] ?? 'bug'

/** Another gateway has taken this state over: what this one has of it is out of date. */
export class FencedError extends Error {
	override name = 'FencedError'

	constructor(message = 'another gateway has taken over the database behind STATE_URL') {
		super(message)
	}
}

/** The database has lost commits that it had acknowledged. */
export class RegressedError extends Error {
	override name = 'RegressedError'
}

/** What a caller's own function has thrown. */
export class CallersError extends Error {
	override name = 'CallersError'
}

/** Errors whose message says what to do. */
const explained = [
	CopyError,
	UnfitDatabaseError,
	LockedError,
	NewerFormatError,
	StateKeyError,
	DamagedError,
	GatewayError,
]

/** Errors that come again however often it is tried. */
const ours = [
	...explained,
	CallersError,
	FencedError,
	RegressedError,
	TypeError,
	RangeError,
	SyntaxError,
]

/**
 * A full engine is waited for no longer than that: meanwhile the session hangs without a word. Within ten seconds a send
 * is refused, the last attempt included.
 */
const FULL_MS = 7_000
const FIRST_WAIT_MS = 20
const LONGEST_WAIT_MS = 800

/**
 * Attempts something again while its failure may pass.
 * @param mayWait whether another attempt may be made
 * @throws the error of the last attempt
 */
export async function persist<T>(attempt: () => Promise<T>, mayWait: () => boolean): Promise<T> {
	const begun = performance.now()
	for (let n = 0; ; n++) {
		try {
			return await attempt()
		} catch (error) {
			const kind = failureKindOf(error)
			const tooLong = kind === 'full' && performance.now() - begun > FULL_MS
			if (kind === 'bug' || tooLong || !mayWait()) throw error
			await pause(waitAfter(n))
		}
	}
}

/** From 20 to 800 ms, with up to half of it left out: many that wait do not come back together. */
function waitAfter(attempts: number): number {
	const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts)
	return longest * (1 - Math.random() / 2)
}

const advice: Record<string, string> = {
	'25006': 'PostgreSQL accepts no writes: is it a standby?',
	'53100': 'The disk of PostgreSQL is full: free some space.',
	'53200': 'PostgreSQL has no memory left.',
	'53300': 'PostgreSQL has no connection left: raise max_connections.',
}

const general: Record<FailureKind, string> = {
	transient: 'See whether PostgreSQL runs and can be reached at STATE_URL.',
	full: 'See what the log of PostgreSQL says.',
	bug: 'Please report this.',
}

/** The error of an operation that PostgreSQL refused, with advice. @param what names the operation that failed */
export function postgresFailed(cause: unknown, what = 'The change could not be saved'): Error {
	if (explained.some((kind) => cause instanceof kind)) return cause as Error
	const { code = '', message } = cause as { code?: string; message: string }
	return new GatewayError('storage_failed', `${what} (${message}). ${helpFor(cause, code)}`, {
		cause,
	})
}

function helpFor(cause: unknown, code: string): string {
	if (cause instanceof FencedError) return 'Stop one of the two gateways.'
	if (cause instanceof RegressedError) return 'The session begins anew from what the database has.'
	return advice[code] ?? general[failureKindOf(cause)]
}
