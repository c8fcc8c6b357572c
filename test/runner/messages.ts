/**
 * What a worker tells the runner. Its files run one after the other, so what comes between the
 * `file` and the `end-of-file` of a file belongs to it.
 */
export type FromWorker =
	| { type: 'ready' }
	| { type: 'file'; path: string }
	| { type: 'registered'; test: TestId }
	| { type: 'verdict'; test: TestId; outcome: Outcome; error?: string }
	| { type: 'end-of-file'; ms: number; cpuMs: number; error?: string }
	| { type: 'diagnostic'; text: string }
	| { type: 'summary'; success: boolean }
	| { type: 'kept-alive'; by: string }

/** The next file, or that there is none. */
export type ToWorker = { file: string } | { end: true }

export interface TestId {
	name: string
	/** For example `test/unit/config.test.ts:12:1`. */
	location: string
	isSuite: boolean
}

/** As node's summary counts them. */
export type Outcome = 'pass' | 'fail' | 'cancelled' | 'skipped' | 'todo'
