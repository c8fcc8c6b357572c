import type { FromWorker, Outcome, TestId } from './messages.ts'

export interface Failure {
	/** Set where it is the verdict of a test, and not of what is around the tests. */
	isTest?: boolean
	title: string
	location: string
	detail: string
}

/** What a worker told of one file. */
export class FileResult {
	readonly path: string
	readonly outcomes: Record<Outcome, number> = {
		pass: 0,
		fail: 0,
		cancelled: 0,
		skipped: 0,
		todo: 0,
	}
	readonly failures: Failure[] = []
	suites = 0
	ms = 0
	/** Of its process, and of those that it started and saw end. */
	cpuMs = 0
	/** How often each test and suite was registered more often than it was reported. */
	readonly #open = new Map<string, number>()
	#hasVerdict = false

	constructor(path: string) {
		this.path = path
	}

	get tests(): number {
		return Object.values(this.outcomes).reduce((sum, count) => sum + count)
	}

	take(message: FromWorker): void {
		if (message.type === 'registered') this.#count(message.test, 1)
		if (message.type === 'verdict') this.#takeVerdict(message)
		if (message.type === 'end-of-file') {
			this.#hasVerdict = true
			this.ms = message.ms
			this.cpuMs = message.cpuMs
			if (message.error) this.fail(this.path, message.error)
		}
	}

	/** Adds a failure that belongs to the file rather than to one of its tests. */
	fail(title: string, detail: string): void {
		this.failures.push({ title, detail, location: this.path })
	}

	/** Turns what is missing into failures. To be called when the worker has ended. */
	close(): void {
		const lost = [...this.#open].filter(([, count]) => count > 0).map(([test]) => `  ${test}`)
		if (lost.length > 0) this.fail('Tests were registered and never reported', lost.join('\n'))
		else if (!this.#hasVerdict)
			this.fail('The file did not come to its end', 'Its process ended before')
		else if (this.tests === 0 && this.failures.length === 0)
			this.fail('The file has no tests', 'A test file that registers nothing tests nothing')
	}

	#takeVerdict({ test, outcome, error }: FromWorker & { type: 'verdict' }): void {
		this.#count(test, -1)
		if (test.isSuite) this.suites++
		else this.outcomes[outcome]++
		if (error && outcome !== 'todo')
			this.failures.push({
				isTest: !test.isSuite,
				title: test.name,
				detail: error,
				location: test.location,
			})
	}

	#count({ name, location }: TestId, change: number): void {
		const key = `${location} ${name}`
		this.#open.set(key, (this.#open.get(key) ?? 0) + change)
	}
}
