import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { run } from '../../support/command.ts'
import { ROOT } from '../../support/paths.ts'

/** Where and with what was measured: without it figures cannot be compared. */
export async function describeMachine() {
	const git = (...args: string[]) =>
		run('git', ['-C', ROOT, ...args]).then(
			(output) => output.trim(),
			() => 'unknown',
		)
	return {
		date: new Date().toISOString(),
		commit: await git('describe', '--always', '--dirty'),
		node: process.version,
		processor: cpus()[0]?.model.trim() ?? 'unknown',
		cores: availableParallelism(),
		memory_gb: Math.round(totalmem() / 2 ** 30),
		/** How busy the machine was before the benchmark began. */
		load: loadavg()[0]!,
	}
}

export type Machine = Awaited<ReturnType<typeof describeMachine>>
