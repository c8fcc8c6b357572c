import type { TestFile } from './files.ts'
import type { FileResult, Failure } from './results.ts'
import { TestProcess, type TestProcessOptions } from './test-process.ts'

export interface ScheduleOptions {
	/** How many processes run at once. */
	processes: number
	/** Called if there are files that need n8n; they start when it is settled. */
	installN8n(): Promise<void>
	process(file: TestFile): TestProcessOptions
}

/** Hands out the first file that may start; waits while the only ones left may not yet. */
function openQueue(files: TestFile[], n8n: Promise<void> | undefined) {
	const waiting = files.filter(({ needsN8n }) => needsN8n)
	const startable = files.filter(({ needsN8n }) => !needsN8n)
	// If it fails, they say so themselves.
	const start = (): void => void startable.unshift(...waiting.splice(0))
	const installed = n8n?.then(start, start)
	return async (): Promise<TestFile | undefined> => {
		if (startable.length === 0 && waiting.length > 0) await installed
		return startable.shift()
	}
}

/**
 * Runs files, several at once.
 * @param files In the order in which they shall start.
 * @returns what the processes told once all have ended
 */
export async function runFiles(
	files: TestFile[],
	{ processes, installN8n, process }: ScheduleOptions,
): Promise<{ files: FileResult[]; failures: Failure[] }> {
	const ended: TestProcess[] = []
	const last = files.filter(({ alone }) => alone)
	const idle = files.filter(({ idle }) => idle)
	const n8n = files.some(({ needsN8n }) => needsN8n) ? installN8n() : undefined
	const next = openQueue(
		files.filter(({ idle, alone }) => !idle && !alone),
		n8n,
	)

	async function runAlone(file: TestFile): Promise<void> {
		const own = new TestProcess(process(file))
		await own.run(file.path)
		ended.push(await own.end())
	}

	/** Files one after the other; they share a process, except for those that have one of their own. */
	async function runNext(): Promise<void> {
		let shared: TestProcess | undefined
		for (let file = await next(); file; file = await next()) {
			if (file.isolated) {
				await runAlone(file)
				continue
			}
			shared ??= new TestProcess(process(file))
			if (await shared.run(file.path)) continue
			ended.push(await shared.end())
			shared = undefined
		}
		if (shared) ended.push(await shared.end())
	}

	await Promise.all([...idle.map(runAlone), ...Array.from({ length: processes }, runNext)])
	for (const file of last) await runAlone(file)
	return {
		files: ended.flatMap(({ files }) => files),
		failures: ended.flatMap(({ failures }) => failures),
	}
}
