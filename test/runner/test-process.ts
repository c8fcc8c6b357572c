import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CACHE, ROOT } from '../support/paths.ts'
import { noSettings } from '../support/no-settings.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import { FileResult, type Failure } from './results.ts'

const beside = (file: string): string => fileURLToPath(import.meta.resolve(file))

export interface TestProcessOptions {
	/** Parts of the names of the tests to run; none means all. */
	names: string[]
	/** How long a test may take that does not say so itself. */
	timeoutMs: number
	/** How long the process may live on after its last test. @default 10,000 */
	endMs?: number
	onFile(result: FileResult): void
	onDiagnostic(text: string): void
}

const END_MS = 10_000

const escaped = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** A process that runs the test files it is given, one after the other. */
export class TestProcess {
	readonly files: FileResult[] = []
	/** What went wrong beside the files. */
	readonly failures: Failure[] = []
	readonly #options: TestProcessOptions
	readonly #child: ChildProcess
	readonly #ended: Promise<void>
	/** Whether it lives and asks for a file. */
	#ready = Promise.withResolvers<boolean>()
	#reporting?: FileResult
	#isSuccess?: boolean
	readonly #diagnostics: string[] = []

	constructor(options: TestProcessOptions) {
		this.#options = options
		this.#child = fork(beside('./worker.ts'), [String(options.endMs ?? END_MS)], {
			cwd: ROOT,
			execArgv: [
				'--max-semi-space-size=32',
				`--test-reporter=${beside('./reporter.ts')}`,
				'--test-reporter-destination=stdout',
				`--test-timeout=${options.timeoutMs}`,
				...options.names.map((name) => `--test-name-pattern=${escaped(name)}`),
			],
			env: { ...process.env, ...noSettings, NODE_COMPILE_CACHE: join(CACHE, 'compile') },
		})
		this.#child.on('message', (message: FromWorker) => this.#take(message))
		this.#ended = once(this.#child, 'close').then(([code, signal]) =>
			this.#judgeEnd(code as number | null, signal as string | null),
		)
	}

	/** Runs a file. @returns false if the process has ended meanwhile and takes no other */
	async run(path: string): Promise<boolean> {
		this.files.push(new FileResult(path))
		if (!(await this.#ready.promise)) return false
		this.#ready = Promise.withResolvers()
		this.#send({ file: path })
		return this.#ready.promise
	}

	/** Ends the process after its last file, and waits until all it has told is here. */
	async end(): Promise<this> {
		if (await this.#ready.promise) this.#send({ end: true })
		await this.#ended
		const isFiltered = this.#options.names.length > 0
		for (const file of this.files) if (!isFiltered) file.close()
		return this
	}

	#send(message: ToWorker): void {
		// If it cannot be sent the process is ending, and its end is judged.
		this.#child.send(message, () => undefined)
	}

	#take(message: FromWorker): void {
		switch (message.type) {
			case 'ready':
				return this.#ready.resolve(true)
			case 'file':
				this.#reporting = this.files.find(({ path }) => path === message.path)
				return
			case 'diagnostic':
				this.#diagnostics.push(message.text)
				return this.#options.onDiagnostic(message.text)
			case 'summary':
				this.#isSuccess = message.success
				return
			case 'kept-alive':
				return this.#fail('Something keeps the process alive after its tests', message.by)
			default:
				this.#reporting?.take(message)
				if (message.type === 'end-of-file') this.#options.onFile(this.#reporting!)
		}
	}

	#judgeEnd(code: number | null, signal: string | null): void {
		this.#ready.resolve(false)
		const how = signal ?? `exit code ${code}`
		const isExplained = [this, ...this.files].some(({ failures }) => failures.length > 0)
		if (this.#isSuccess === undefined && this.failures.length === 0)
			return this.#fail('The process ended before its tests', how)
		if ((code !== 0 || !this.#isSuccess) && !isExplained)
			this.#fail('The process failed although no test did', [how, ...this.#errors()].join('\n'))
	}

	/** Errors after the end of a test, which node tells of in passing. */
	#errors(): string[] {
		return this.#diagnostics.filter((text) => text.startsWith('Error: '))
	}

	#fail(title: string, detail: string): void {
		const [first, ...others] = this.files.map(({ path }) => path)
		const location = others.length > 0 ? `${first} and ${others.length} other files` : `${first}`
		this.failures.push({ title, detail, location })
	}
}
