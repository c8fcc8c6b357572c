// A reporter of node:test: hands the events of a worker to the runner.
import { fileURLToPath } from 'node:url'
import { relative } from 'node:path'
import type { EventData } from 'node:test'
import { inspect } from 'node:util'
import { ROOT } from '../support/paths.ts'
import { cpuMs } from './cpu-time.ts'
import type { FromWorker, Outcome, TestId } from './messages.ts'

type Event =
	| { type: 'test:enqueue'; data: EventData.TestEnqueue }
	| { type: 'test:pass'; data: EventData.TestPass }
	| { type: 'test:fail'; data: EventData.TestFail }
	| { type: 'test:diagnostic'; data: EventData.TestDiagnostic }
	| { type: 'test:summary'; data: EventData.TestSummary }
	| { type: 'other' }

const WORKER = fileURLToPath(import.meta.resolve('./worker.ts'))
const CANCELLED = ['cancelledByParent', 'testAborted', 'testTimeoutFailure']
/** Node's own counts, which the runner makes itself for all workers. */
const COUNT = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/

const tell = (message: FromWorker): void => void process.send!(message)

const failureType = (error: unknown): string | undefined =>
	(error as { failureType?: string }).failureType

let told = 0

/** The start of the process counts for its first file. */
function cpuSinceLastFile(): number {
	const before = told
	told = cpuMs()
	return told - before
}

function idOf(data: EventData.LocationInfo & { name: string }, isSuite: boolean): TestId {
	const file = data.file ? relative(ROOT, data.file) : 'unknown'
	return { name: data.name, location: `${file}:${data.line}:${data.column}`, isSuite }
}

function outcomeOf({ type, data }: Event & { type: 'test:pass' | 'test:fail' }): Outcome {
	if (data.skip !== undefined) return 'skipped'
	if (data.todo !== undefined) return 'todo'
	if (type === 'test:pass') return 'pass'
	return CANCELLED.includes(failureType(data.details.error) ?? '') ? 'cancelled' : 'fail'
}

/** The error as node prints it; none where only a test within has failed. */
function errorOf(event: Event & { type: 'test:pass' | 'test:fail' }): string | undefined {
	if (event.type === 'test:pass') return undefined
	const { error } = event.data.details
	if (failureType(error) === 'subtestsFailed') return undefined
	return inspect(error.cause ?? error, { colors: process.stdout.hasColors?.() })
}

function report(event: Event): void {
	switch (event.type) {
		case 'test:enqueue': {
			const { data } = event
			if (data.file === WORKER) return tell({ type: 'file', path: data.name })
			return tell({ type: 'registered', test: idOf(data, data.type === 'suite') })
		}
		case 'test:pass':
		case 'test:fail': {
			const { file, details } = event.data
			const error = errorOf(event)
			if (file === WORKER)
				return tell({
					type: 'end-of-file',
					ms: details.duration_ms,
					cpuMs: cpuSinceLastFile(),
					error,
				})
			const test = idOf(event.data, details.type === 'suite')
			return tell({ type: 'verdict', test, outcome: outcomeOf(event), error })
		}
		case 'test:diagnostic': {
			const { message: text } = event.data
			return COUNT.test(text) ? undefined : tell({ type: 'diagnostic', text })
		}
		case 'test:summary':
			return tell({ type: 'summary', success: event.data.success })
	}
}

export default async function* reporter(events: AsyncIterable<Event>): AsyncGenerator<string> {
	for await (const event of events) report(event)
}
